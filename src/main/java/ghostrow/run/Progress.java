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
    /** What is counted. */
    enum Unit {
        STEPS {
            @Override
            String reached(long count, long last) {
                return "step " + count + " of " + last;
            }

            @Override
            String rate(double perSecond) {
                return String.format(Locale.ROOT, "%.4g steps/s", perSecond);
            }
        },
        BYTES {
            @Override
            String reached(long count, long last) {
                return String.format(Locale.ROOT, "%.3f of %.3f GB", count / 1e9, last / 1e9);
            }

            @Override
            String rate(double perSecond) {
                return String.format(Locale.ROOT, "%.2f GB/s", perSecond / 1e9);
            }
        };

        abstract String reached(long count, long last);

        abstract String rate(double perSecond);
    }

    private final Waits waits;
    private final Unit unit;
    private final ProgressLine line;
    private final long first;
    private final long last;

    /** @param first how many of the {@code last} steps were done before */
    Progress(Waits waits, Unit unit, ProgressLine line, long first, long last) {
        this.waits = waits;
        this.unit = unit;
        this.line = line;
        this.first = first;
        this.last = last;
    }

    Progress(Waits waits, Unit unit, PrintStream out, boolean bar, double logEvery, long first, long last,
            LongSupplier nanos) {
        this(waits, unit, new ProgressLine(out, bar, logEvery, nanos), first, last);
    }

    static Progress silent(Waits waits) {
        return new Progress(waits, Unit.STEPS, ProgressLine.silent(), 0, 0);
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
            double share = (double) step / last;
            String text = String.format(Locale.ROOT, "%3d %%  %s  %s left", (long) (100 * share), unit.rate(rate),
                    ProgressLine.duration((last - step) / rate));
            line.show(share, text, unit.reached(step, last) + ", " + text.strip());
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
