package ghostrow.run;

import ghostrow.comm.Waits;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a run of steps is, for those who wait for it and for who watches over it: what is shown tells how fast, too, and how long it still takes. On a terminal a bar that renews itself and vanishes at
 * the end; in a log a line every so many seconds.
 *
 * <pre>
 *   [#########...........]  45 %  1234 steps/s  0:02:10 left
 * </pre>
 */
public final class Progress implements AutoCloseable {
    private static final double BAR_SECONDS = 0.2;
    private static final int BAR = 20;
    private static final String ERASE = "\r\033[K";

    private final Waits waits;
    private final PrintStream out;
    private final boolean bar;
    private final LongSupplier nanos;
    private final long every;
    private final long first;
    private final long last;
    private final long start;
    private long due;
    private boolean shown;

    /** @param first how many of the {@code last} steps were done before */
    Progress(Waits waits, PrintStream out, boolean bar, double logEvery, long first, long last) {
        this(waits, out, bar, logEvery, first, last, System::nanoTime);
    }

    Progress(Waits waits, PrintStream out, boolean bar, double logEvery, long first, long last, LongSupplier nanos) {
        this.waits = waits;
        this.out = out;
        this.bar = bar;
        this.nanos = nanos;
        this.every = (long) ((bar ? BAR_SECONDS : logEvery) * 1e9);
        this.first = first;
        this.last = last;
        this.start = nanos.getAsLong();
        this.due = every;
    }

    static Progress silent(Waits waits) {
        return new Progress(waits, null, false, 0, 0, 0);
    }

    /**
     * So many steps are done.
     *
     * @param speaks whether the run is about to print something itself: the bar makes room
     */
    public void at(long step, boolean speaks) {
        waits.stepped(step);
        if (out == null) {
            return;
        }
        if (speaks) {
            hide();
        }
        long elapsed = nanos.getAsLong() - start;
        if (elapsed < due || step <= first || bar && speaks) {
            return;
        }
        due = elapsed + every - elapsed % every;
        double rate = (step - first) / (elapsed / 1e9);
        String text = String.format(Locale.ROOT, "%3d %%  %.4g steps/s  %s left", 100 * step / last, rate,
                duration((last - step) / rate));
        if (bar) {
            int filled = (int) (BAR * step / last);
            out.print(ERASE + "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + text);
            shown = true;
        } else {
            out.println("ghostrow: step " + step + " of " + last + ", " + text.strip());
        }
        out.flush();
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return String.format("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** Takes the bar away, until the next time. */
    public void hide() {
        if (shown) {
            out.print(ERASE);
            out.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        waits.steppedLast();
        hide();
    }
}
