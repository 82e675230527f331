package ghostrow.run;

import ghostrow.comm.Waits;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a run of steps is, for those who wait for it and for who watches over it: what is shown tells how fast, too,
 * and how long it still takes.
 */
public final class Progress implements AutoCloseable {
    private final Waits waits;
    private final ProgressLine line;
    private final long first;
    private final long last;

    /** @param first how many of the {@code last} steps were done before */
    Progress(Waits waits, ProgressLine line, long first, long last) {
        this.waits = waits;
        this.line = line;
        this.first = first;
        this.last = last;
    }

    Progress(Waits waits, PrintStream out, boolean bar, double logEvery, long first, long last, LongSupplier nanos) {
        this(waits, new ProgressLine(out, bar, logEvery, nanos), first, last);
    }

    static Progress silent(Waits waits) {
        return new Progress(waits, ProgressLine.silent(), 0, 0);
    }

    /**
     * So many steps are done.
     *
     * @param speaks whether the run is about to print something itself: the bar makes room
     */
    public void at(long step, boolean speaks) {
        waits.stepped(step);
        if (!line.shows()) {
            return;
        }
        if (speaks) {
            line.hide();
        }
        if (step > first && line.isDue(speaks)) {
            double rate = (step - first) / line.seconds();
            String text = String.format(Locale.ROOT, "%3d %%  %.4g steps/s  %s left", 100 * step / last, rate,
                    ProgressLine.duration((last - step) / rate));
            line.show((double) step / last, text, "step " + step + " of " + last + ", " + text.strip());
        }
    }

    /** Takes the bar away, until the next time. */
    public void hide() {
        line.hide();
    }

    @Override
    public void close() {
        waits.steppedLast();
        hide();
    }
}
