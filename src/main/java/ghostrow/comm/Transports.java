package ghostrow.comm;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All transports by name: those of this program, and the adapters in jars of their own. Two libraries call their
 * main class {@code mpi.MPI}, so each adapter gets a class loader that sees its own library alone.
 */
public final class Transports {
    /** The command that brings everything that is missing. */
    private static final String REMEDY = "make setup";

    /** MPJ Express and what it needs; what these files hold is no business of this class. */
    private static final List<String> MPJ_JARS = List.of("mpi.jar", "mpjdev.jar", "mpiExp.jar", "mpjbuf.jar",
            "xdev.jar", "smpdev.jar", "log4j-1.2.jar");

    /** The same, and its device for ranks that are processes. */
    private static final List<String> MPJ_CLUSTER_JARS =
            Stream.concat(MPJ_JARS.stream(), Stream.of("niodev.jar")).toList();

    private Transports() {
    }

    public static List<String> names() {
        return List.of("native", "openmpi", "mpj", "mpj-cluster", "self", "check");
    }

    /**
     * The transport of this name. One whose library is not installed is a transport too: it says so when it is
     * asked for its readiness, and refuses to run.
     *
     * @param home the folder in which Ghostrow is installed, or was built
     */
    public static Transport named(String name, Path home) {
        return switch (name) {
            case "openmpi" -> openMpi(home);
            case "mpj" -> mpj(name, MPJ_JARS, home);
            case "mpj-cluster" -> mpj(name, MPJ_CLUSTER_JARS, home);
            case "native", "self", "check" -> provided(name, Transports.class.getClassLoader());
            default -> throw new CommException("no transport " + name + "; there are " + String.join(", ", names()));
        };
    }

    private static Transport provided(String name, ClassLoader loader) {
        return ServiceLoader.load(Transport.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommException("this build of Ghostrow has no transport " + name));
    }

    private static Transport mpj(String name, List<String> jars, Path home) {
        Path lib = home.resolve(".setup/mpj/lib");
        return adapter(name, "mpj", home, jars.stream().map(lib::resolve).toList(), Optional.empty());
    }

    /** An installation may have its own jar of the bindings: GHOSTROW_MPI_JAR names it. */
    private static Transport openMpi(Path home) {
        String chosen = System.getenv("GHOSTROW_MPI_JAR");
        Path setUp = home.resolve(".setup/openmpi");
        Path jar = chosen != null && !chosen.isEmpty() ? Path.of(chosen) : setUp.resolve("mpi.jar");
        // A site's jar lies beside its native half; otherwise the set-up knows where that is.
        Optional<Path> library = Stream.of(jar.resolveSibling("libmpi_java.so"), setUp.resolve("libmpi_java.so"))
                .filter(Files::exists)
                .findFirst();
        return library.isEmpty() && Files.exists(jar)
                ? new Absent("openmpi", "libmpi_java.so of Open MPI", REMEDY)
                : adapter("openmpi", "openmpi", home, List.of(jar), library);
    }

    /** @param build what the build calls the adapter */
    private static Transport adapter(String name, String build, Path home, List<Path> library,
            Optional<Path> nativeLibrary) {
        Path adapter = home.resolve("target/" + build + "/ghostrow-" + build + ".jar");
        Optional<Path> missing = library.stream().filter(Predicate.not(Files::exists)).findFirst();
        if (missing.isPresent()) {
            return new Absent(name, missing.get().toString(), REMEDY);
        }
        if (!Files.exists(adapter)) {
            return new Absent(name, adapter.toString(), "make build");
        }
        List<Path> jars = new ArrayList<>(library);
        jars.addFirst(adapter);
        return provided(name, new AdapterLoader(jars, nativeLibrary));
    }

    /** Finds the native half of a library as well, so that nobody has to set java.library.path. */
    private static final class AdapterLoader extends URLClassLoader {
        private final Optional<Path> nativeLibrary;

        AdapterLoader(List<Path> jars, Optional<Path> nativeLibrary) {
            super(jars.stream().map(AdapterLoader::url).toArray(URL[]::new), Transports.class.getClassLoader());
            this.nativeLibrary = nativeLibrary;
        }

        private static URL url(Path jar) {
            try {
                return jar.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new CommException("cannot name " + jar + " as a URL", e);
            }
        }

        @Override
        protected String findLibrary(String name) {
            return nativeLibrary.filter(path -> path.endsWith(System.mapLibraryName(name)))
                    .map(path -> path.toAbsolutePath().toString())
                    .orElseGet(() -> super.findLibrary(name));
        }
    }

    /** Stands for a transport that cannot be loaded here. */
    private record Absent(String name, String missing, String remedy) implements Transport {
        @Override
        public Readiness readiness() {
            return new Readiness.Missing(missing, remedy);
        }

        @Override
        public void run(int ranks, SpmdProgram program) {
            throw new CommException("transport " + name + " needs " + missing + ", which is not there; run: "
                    + remedy);
        }
    }
}
