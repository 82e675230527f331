package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an MPI library is told by the environment, which it reads while it is loaded and initialised. Java's own
 * environment never reaches it, so the C library's is set.
 */
public final class LibraryEnvironment {
    /**
     * Whoever asks which cores there are may load the drivers of GPUs as well, to tell where those are, and PoCL's brings
     * a compiler that takes over all signals: those that HotSpot needs, and those by which a launcher is told to stop its
     * ranks.
     */
    static final Map<String, String> NO_DRIVERS = Map.of("HWLOC_COMPONENTS", "-opencl");

    /**
     * UCX, which may come with any MPI library, takes over SIGSEGV when it is loaded, and HotSpot needs that signal for
     * its implicit null checks. An empty list of signals keeps UCX away from it.
     */
    private static final Map<String, String> NO_HANDLERS = Map.of("UCX_ERROR_SIGNALS", "");

    /**
     * Over TCP a message of more than 64 KiB asks first whether it may come, which takes two more latencies. Ghost rows
     * are awaited anyway, and never many at a time.
     */
    private static final Map<String, String> OVER_TCP = Map.of("OMPI_MCA_btl_tcp_eager_limit", "1048576",
            "OMPI_MCA_btl_tcp_rndv_eager_limit", "1048576");

    /** UCX goes over fast networks too, where asking is cheap and then saves a copy. */
    private static final Map<String, String> OVER_TCP_BY_UCX = Map.of("UCX_RNDV_THRESH", "1m");
    private static final Path FAST_NETWORKS = Path.of("/sys/class/infiniband");

    private LibraryEnvironment() {
    }

    /** To be called before a library is loaded. What the user has set stays. */
    public static void prepare() {
        MethodHandle setenv = CFunction.link(Linker.nativeLinker().defaultLookup().findOrThrow("setenv"));
        set(setenv, NO_HANDLERS);
        set(setenv, NO_DRIVERS);
        if (World.around(System.getenv()).flatMap(World::onSeveralHosts).orElse(false)) {
            set(setenv, OVER_TCP);
            if (Files.notExists(FAST_NETWORKS)) {
                set(setenv, OVER_TCP_BY_UCX);
            }
        }
    }

    private static void set(MethodHandle setenv, Map<String, String> settings) {
        try (Arena arena = Arena.ofConfined()) {
            settings.forEach((name, value) -> {
                if (CFunction.call(setenv, arena.allocateFrom(name).address(), arena.allocateFrom(value).address(),
                        0, 0, 0, 0, 0, 0) != 0) {
                    throw new CommException("setenv refused " + name);
                }
            });
        }
    }
}
