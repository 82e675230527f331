package ghostrow.grid;

import ghostrow.kernel.Rows;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencil;
import ghostrow.kernel.Stencils;
import java.util.function.Supplier;

/**
 * Steps a rank's strip with a team of threads, each of which has its own rows and its own kernel. Where messages
 * are to overlap with arithmetic, the rows that the neighbours wait for are stepped and sent first.
 *
 * <p>A kernel that takes fewer steps at a time than there are ghost rows steps the ghost rows along, as far as they
 * stay good, and so saves messages. With 3 ghost rows and 1 step at a time:
 *
 * <pre>
 *   row    exchanged   1 step    2 steps   3 steps
 *    -2        o          -         -         -       - no longer good
 *    -1        o          o         -         -
 *     0        o          o         o         -
 *     1        o          o         o         o       own
 * </pre>
 */
public final class Stepper {
    private final Team team;
    private final Stencil[] kernels;
    private final GhostRows ghosts;
    private final int depth;
    /** Steps at a time. */
    private final int pass;
    private final boolean overlap;

    /** Ghost rows a side that are as good as their owner's. */
    private int good;
    private Rows from;
    private Rows to;
    private int steps;
    private long first;
    private long last;
    private final Team.Work part = this::part;

    public Stepper(Team team, Stencils stencils, Rule rule, GhostRows ghosts, int depth, boolean overlap) {
        this(team, () -> stencils.worker(rule), ghosts, depth, overlap);
    }

    /** @param kernel makes one for a thread */
    public Stepper(Team team, Supplier<? extends Stencil> kernel, GhostRows ghosts, int depth, boolean overlap) {
        this.team = team;
        this.ghosts = ghosts;
        this.depth = depth;
        this.overlap = overlap;
        this.kernels = new Stencil[team.threads()];
        // Each thread makes its own kernel, so that its scratch lies near the core that uses it.
        team.run(thread -> kernels[thread] = kernel.get());
        this.pass = pass(depth, kernels[0].maxSteps());
    }

    /**
     * Steps at a time: as few passes to an exchange as the kernel allows, all about as long.
     *
     * @param most what the kernel takes
     */
    public static int pass(int depth, int most) {
        return Math.ceilDiv(depth, Math.ceilDiv(depth, most));
    }

    /** The most steps that {@link #step} can take at once. */
    public int maxSteps() {
        return good == 0 ? pass : Math.min(pass, good);
    }

    /** Whether no ghost rows are good any more. The same answer on all ranks. */
    public boolean stale() {
        return good == 0;
    }

    /** Fills the ghost rows, to be called before each {@link #step} where they are {@link #stale}. Collective. */
    public void exchange(Field now) {
        ghosts.exchange(now);
        good = depth;
    }

    /** Takes the strip {@code steps} steps ahead, from {@code now}, just exchanged, to {@code next}. */
    public void step(Field now, Field next, int steps) {
        this.from = now.toStep();
        this.to = next.toStep();
        this.steps = steps;
        // Where a pass is all there is between exchanges, one that was cut short has its exchange too: passes stay long.
        good = pass == depth ? 0 : good - steps;
        long rows = now.count();
        long first = Math.max(1 - good, from.lowest());
        long last = Math.min(rows + good, from.highest());
        if (!overlap || good > 0) {
            rows(first, last + 1);
            return;
        }
        long upper = Math.min(depth, rows);
        long lower = Math.max(rows - depth, upper);
        rows(1, upper + 1);
        rows(lower + 1, rows + 1);
        ghosts.start(next);
        rows(upper + 1, lower + 1);
    }

    /** Returns when all steps of the field are done: a device does them while its host goes on. */
    public void settle(Field now) {
        now.await();
    }

    /** To be called after the last {@link #step} of a run: its neighbours may have sent for another. Collective. */
    public void finish(Field now) {
        ghosts.finish();
        settle(now);
    }

    /** Deals rows {@code first} up to but not including {@code last} to the threads. */
    private void rows(long first, long last) {
        if (first < last) {
            this.first = first;
            this.last = last;
            team.run(part);
        }
    }

    private void part(int thread) {
        Strip mine = Strip.of(last - first, team.threads(), thread);
        if (mine.count() > 0) {
            long start = first + mine.offset();
            kernels[thread].advance(from, to, start, start + mine.count(), steps);
        }
    }
}
