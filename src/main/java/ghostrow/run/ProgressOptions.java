package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.run.Progress.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How a run says how far it is. */
public final class ProgressOptions {

    /** Where progress shows. */
    enum When { auto, on, off }

    private When when = When.auto;
    private double logEvery = 30;

    public void declare(Options options) {
        if (options.inside().isPresent()) {
            // The job around it says how far it is.
            when = When.off;
        }
        options.option("--progress", "WHEN", When.class, value -> when = value,
                "How far the run is, on standard error: a bar on a terminal and lines in a log (auto, "
                + "the default), always the bar (on), or nothing (off).");
        options.option("--log-every", "SECONDS", Double.class, value -> logEvery = value,
                "In a log: a line so often (default 30).");
    }

    /** Refuses what cannot work, before anything is started. */
    public void check() {
        if (!(logEvery > 0)) {
            throw new InputException("--log-every " + logEvery + ": must be above 0 seconds");
        }
    }

    /** @param step how many of the steps were done before this run */
    public Progress of(Comm comm, long step, long steps) {
        return new Progress(comm.waits(), Unit.STEPS, line(comm.rank()), step, steps);
    }

    /** Of a run that goes through so many bytes. */
    public Progress ofBytes(Comm comm, long bytes) {
        return new Progress(comm.waits(), Unit.BYTES, line(comm.rank()), 0, bytes);
    }

    /** The first rank's alone is to be seen. */
    public ProgressLine line(int rank) {
        boolean bar = when == When.on || when == When.auto && atTerminal(System.getenv());
        return rank != 0 || when == When.off ? ProgressLine.silent() : new ProgressLine(System.err, bar, logEvery);
    }

    /** The launcher script leaves word of its terminal for ranks that mpirun has put behind pipes. */
    private static boolean atTerminal(Map<String, String> environment) {
        try {
            return environment.containsKey("GHOSTROW_TERMINAL")
                    || Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev/pts");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
