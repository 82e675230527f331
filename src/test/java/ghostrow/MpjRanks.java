package ghostrow;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs a program of MPJ Express as its own launcher does for the ranks of one JVM: each in a thread that loads the
 * program and the library's upper half for itself, above one lower half.
 */
final class MpjRanks {
    private static final Set<String> SHARED = Set.of("mpiExp.jar", "mpjbuf.jar", "xdev.jar", "smpdev.jar",
            "log4j-1.2.jar");
    private static final List<String> OWN = List.of("mpi.jar", "mpjdev.jar");

    private MpjRanks() {
    }

    /** The folder of the jars, that of the program's classes, its main class, and how many ranks there are. */
    public static void main(String[] words) throws Exception {
        int ranks = Integer.parseInt(words[3]);
        URLClassLoader shared = new URLClassLoader(jars(words[0], SHARED), ClassLoader.getPlatformClassLoader());
        Class<?> group = shared.loadClass("xdev.smpdev.SMPDevProcess");
        List<Thread> threads = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            List<URL> own = new ArrayList<>(List.of(jars(words[0], OWN)));
            own.add(Path.of(words[1]).toUri().toURL());
            Method main = new URLClassLoader(own.toArray(URL[]::new), shared).loadClass(words[2])
                    .getMethod("main", String[].class);
            String[] given = {Integer.toString(rank), Integer.toString(ranks), "smpdev"};
            ThreadGroup process = (ThreadGroup) group.getConstructor(String.class).newInstance("rank " + rank);
            threads.add(new Thread(process, () -> live(main, given)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static URL[] jars(String folder, Iterable<String> names) throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String name : names) {
            jars.add(Path.of(folder, name).toUri().toURL());
        }
        return jars.toArray(URL[]::new);
    }

    /** The others would wait for a rank that fails. */
    private static void live(Method main, String[] words) {
        try {
            main.invoke(null, (Object) words);
        } catch (ReflectiveOperationException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
