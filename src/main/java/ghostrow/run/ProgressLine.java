package ghostrow.run;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * The line that says how far something is. On a terminal a bar that renews itself and vanishes at the end; in a log a
 * line every so many seconds.
 *
 * <pre>
 *   [#########...........]  45 %  1234 steps/s  0:02:10 left
 * </pre>
 */
public final class ProgressLine {
    private static final double BAR_SECONDS = 0.2;
    private static final int BAR = 20;
    private static final String ERASE = "\r\033[K";

    private final PrintStream out;
    private final boolean bar;
    private final LongSupplier nanos;
    private final long every;
    private final long start;
    private long due;
    private boolean shown;

    ProgressLine(PrintStream out, boolean bar, double logEvery) {
        this(out, bar, logEvery, System::nanoTime);
    }

    /** @param out null for one that never shows */
    ProgressLine(PrintStream out, boolean bar, double logEvery, LongSupplier nanos) {
        this.out = out;
        this.bar = bar;
        this.nanos = nanos;
        this.every = (long) ((bar ? BAR_SECONDS : logEvery) * 1e9);
        this.start = nanos.getAsLong();
        this.due = every;
    }

    static ProgressLine silent() {
        return new ProgressLine(null, false, 0, () -> 0);
    }

    /** Whether it ever shows. */
    public boolean shows() {
        return out != null;
    }

    /** Since it is there. */
    public double seconds() {
        return (nanos.getAsLong() - start) / 1e9;
    }

    /**
     * Whether it is time to show it; if so, not again until the next time.
     *
     * @param speaks whether something else is about to be printed, to which a bar leaves the place
     */
    public boolean isDue(boolean speaks) {
        long elapsed = nanos.getAsLong() - start;
        if (elapsed < due || bar && speaks) {
            return false;
        }
        due = elapsed + every - elapsed % every;
        return true;
    }

    /** @param share how much is done, of 1 */
    public void show(double share, String inBar, String inLog) {
        if (bar) {
            int filled = (int) (BAR * share);
            out.print(ERASE + "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + inBar);
            shown = true;
        } else {
            out.println("ghostrow: " + inLog);
        }
        out.flush();
    }

    /** Takes the bar away, until the next time. */
    public void hide() {
        if (shown) {
            out.print(ERASE);
            out.flush();
            shown = false;
        }
    }

    /** Hours, minutes and seconds. */
    public static String duration(double seconds) {
        long whole = Math.round(seconds);
        return String.format("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
