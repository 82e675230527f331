package ghostrow.trace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * async-profiler, by its C interface: it sees what the JDK's own recorder does not, which is the JVM's threads, the MPI
 * library's functions and which line took memory, and starts in half the time. Loaded as a library of this program, not
 * as an agent, so nothing need be known when the JVM starts.
 */
final class AsyncProfiler implements Sampler {
    /** A sample takes a tenth of a millisecond, so this costs a hundredth of the time. */
    private static final int PERIOD_MICROS = 10_000;
    /** Of lines there are many, and of each a few samples are wanted, which cost a tenth of the time. */
    private static final int LINES_PERIOD_MICROS = 1000;
    /** A process that is killed loses no more samples than those of so many seconds. */
    private static final int CHUNK_SECONDS = 5;
    private static final String ALLOCATION = "256k";

    private final Path library;
    private final boolean allocation;
    /** Timers of the processor's own tick no faster than the kernel; perf's do, where it lets users have them. */
    private final String event;
    private final int micros;

    AsyncProfiler(Path library, Wish wish) {
        this.library = library;
        this.allocation = wish.allocation();
        this.event = wish.lines() ? "cpu" : "ctimer";
        this.micros = wish.lines() ? LINES_PERIOD_MICROS : PERIOD_MICROS;
    }

    /** Where the build has put it, if it has one for this machine. */
    static Optional<Path> library(Path home) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        String folder = system.startsWith("mac") ? "macos" : system.startsWith("linux") ? "linux-" + processor : "none";
        return Optional.of(home.toAbsolutePath().resolve("target/async-profiler").resolve(folder)
                .resolve("libasyncProfiler.so")).filter(Files::exists);
    }

    @Override
    public void check() {
        // What could be wrong shows when it is loaded.
    }

    @Override
    public void load() throws IOException {
        try {
            System.load(library.toString());
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(library + " cannot be loaded (" + e.getMessage() + "); use --sampler " + JFR, e);
        }
    }

    @Override
    public void start(Path recording) throws IOException {
        execute("start,event=" + event + ",interval=" + micros + "us,alluser,jfr,chunktime=" + CHUNK_SECONDS + "s"
                + (allocation ? ",alloc=" + ALLOCATION : "") + ",file=" + recording.toAbsolutePath());
    }

    @Override
    public void stop() throws IOException {
        execute("stop");
    }

    private static void execute(String command) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = (MemorySegment) function("asprof_execute", 2)
                    .invokeExact(arena.allocateFrom(command), MemorySegment.NULL);
            if (error.address() != 0) {
                MemorySegment text = (MemorySegment) function("asprof_error_str", 1).invokeExact(error);
                throw new IOException(ASYNC_PROFILER + ": " + text.reinterpret(Long.MAX_VALUE).getString(0)
                        + "; use --sampler " + JFR);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(ASYNC_PROFILER + ": " + e.getMessage(), e);
        }
    }

    /** Of addresses alone. */
    private static MethodHandle function(String name, int parameters) {
        FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.ADDRESS);
        for (int i = 0; i < parameters; i++) {
            type = type.appendArgumentLayouts(ValueLayout.ADDRESS);
        }
        return Linker.nativeLinker().downcallHandle(SymbolLookup.loaderLookup().findOrThrow(name), type);
    }

    @Override
    public String name() {
        return ASYNC_PROFILER;
    }

    @Override
    public double period() {
        return micros / 1e6;
    }

    @Override
    public boolean seesAllocation() {
        return allocation;
    }
}
