package ghostrow.kernel;

import java.util.Optional;

/** One of several ways to compute the same thing, as users name it: a rung of the ladder from readable to fast. */
public interface Technique {

    /** What it is called on the command line. */
    String label();

    /** Its idea, in a phrase. */
    String description();

    /** What this machine or this JVM lacks for it; only where nothing is lacking may it be asked for a worker. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** Does once what all workers need, if anything; fails where it cannot be done. */
    default void prepare() {
    }

    /** About what its workers need of Java's heap together for so many cells or points; little where nothing is said. */
    default long heapBytes(long cells) {
        return 0;
    }
}
