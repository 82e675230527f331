package ghostrow.kernel;

import java.util.Optional;

/** Whether this JVM can compute by the Vector API. */
public final class Vectors {

    private Vectors() {
    }

    /** Whether the Vector API is there: as a module that was added, or behind the boot class path. */
    public static boolean present() {
        try {
            Class.forName("jdk.incubator.vector.DoubleVector", false, Vectors.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static Optional<String> missing() {
        return present() ? Optional.empty() : Optional.of("the Vector API, which this JVM was started without: add "
                + "--add-modules jdk.incubator.vector");
    }
}
