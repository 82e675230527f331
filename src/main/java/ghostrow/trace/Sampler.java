package ghostrow.trace;

import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks, again and again, at what each thread of this process is doing, and writes a flight recording. */
interface Sampler {
    String ASYNC_PROFILER = "async-profiler";
    String JFR = "jfr";

    /** The one that is asked for by name, or the best that there is. */
    static Sampler of(Wish wish) {
        Optional<Path> library = AsyncProfiler.library(wish.home());
        if (wish.sampler().equals(JFR)) {
            return new FlightRecorder();
        }
        if (library.isEmpty() && wish.sampler().equals(ASYNC_PROFILER)) {
            throw new InputException("--sampler " + ASYNC_PROFILER + ": there is none for this machine; use --sampler " + JFR);
        }
        return library.map(file -> (Sampler) new AsyncProfiler(file, wish))
                .orElseGet(() -> new FlightRecorder());
    }

    /** Refuses, before there are ranks, what this JVM cannot do. */
    void check();

    /** What can be done before it is known where the recording goes. */
    void load() throws IOException;

    void start(Path recording) throws IOException;

    void stop() throws IOException;

    String name();

    /** Seconds of processor time from one sample of a thread to the next. */
    double period();

    /** Whether it tells rightly which line took memory. */
    boolean seesAllocation();
}
