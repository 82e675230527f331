package ghostrow.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * Many steps in one pass through memory. The rows are cut into column strips that fit the cache; down each
 * strip runs a wavefront in which step q + 1 follows one row behind step q:
 *
 * <pre>
 *   row   step 1   step 2   step 3          column     left        right
 *    4                                      step 1   |-------------------|
 *    5                        *              step 2    |---------------|
 *    6               *        *              step 3      |===========|
 *    7      *        *
 *    8      *                               the strip, and the overlap that its neighbours compute as well
 * </pre>
 *
 * Steps between the first and the last live in two rings of scratch rows, one for odd and one for even steps:
 * a row of step q + 1 takes the place of the same row of step q - 1, which nobody needs any more.
 */
final class BlockedStencil implements Stencil {

    /** Deep enough to take memory out of the picture; also what pays best where there are rows enough. */
    private static final int MAX_STEPS = 32;

    /** How many rows of a step are done at a time: as many as {@link RowStep#four} takes. */
    private static final int ROWS_AT_A_TIME = 4;

    /**
     * What the rings may take: three quarters of a second-level cache of 1 MiB. A third of it cost a fifth of
     * the speed, since short strips pay for more overlap and more loop ends; twice as much changed nothing.
     */
    private static final long CACHE_BYTES = 768 << 10;

    /**
     * Below this, the overlap at both sides of the deepest wavefront would be a quarter of the work or more.
     */
    private static final long NARROWEST_STRIP = 256;

    /** On average a range computes (steps - 1) rows more than it has: a sixteenth of them, for the sake of memory. */
    private static final int ROWS_PER_STEP = 16;

    /**
     * How many cells are stepped in the time that ranks or threads lose between two passes, by messages and since one
     * of them is always the last: 40 µs. With c columns, k steps a pass cost (k - 1) c cells more than they need, and
     * save this many each k steps; so k² = this / c.
     */
    private static final long CELLS_PER_WAIT = 130_000;

    /** For the sake of fewer waits, no more than a quarter of the rows. */
    private static final int FEWEST_ROWS_PER_STEP = 4;

    private final RowStep rule;

    private MemorySegment scratch = MemorySegment.NULL;

    // One call's geometry.
    private Rows from;
    private Rows to;
    private long first;
    private long last;
    private int steps;
    private int ringRows;

    // One strip's: columns count from 0 here, the column that Rows calls 1.
    private long left;
    private long right;

    /**
     * Where column 0 of each ring row would be: even steps' ring, then odd steps'. Each ring is listed twice,
     * so that rows which follow each other are always neighbours here.
     */
    private final long[][] rings = new long[2][2 * (MAX_STEPS + ROWS_AT_A_TIME + 1)];

    /** A row for results that nobody wants, where fewer rows are left than are done at a time. */
    private long wasteRow;

    // Rows of the slabs, and rows next to a boundary, listed for the step at hand.
    private final long[] out = new long[ROWS_AT_A_TIME];
    private final long[] in = new long[ROWS_AT_A_TIME + 2];

    BlockedStencil(Rule rule) {
        this.rule = RowStep.of(rule);
    }

    @Override
    public int maxSteps() {
        return MAX_STEPS;
    }

    @Override
    public int bestSteps(long rows, long columns) {
        long fewerWaits = Math.min(rows / FEWEST_ROWS_PER_STEP, (long) Math.sqrt((double) CELLS_PER_WAIT / columns));
        return Math.clamp(Math.max(rows / ROWS_PER_STEP, fewerWaits), 1, MAX_STEPS);
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, MAX_STEPS);
        if (first >= last) {
            return;
        }
        from.require(Math.max(first - steps, from.lowest() - 1), Math.min(last + steps, from.highest() + 2));
        to.require(first, last);
        this.from = from;
        this.to = to;
        this.first = first;
        this.last = last;
        this.steps = steps;
        ringRows = steps + ROWS_AT_A_TIME + 1;
        long width = aligned(from.columns());
        long fitting = Math.max(NARROWEST_STRIP, CACHE_BYTES / Double.BYTES / (2 * ringRows) - 2 * steps);
        long strip = aligned(Math.ceilDiv(width, Math.ceilDiv(width, fitting)));
        for (left = 0; left < width; left = right) {
            right = Math.min(left + strip, width);
            layOut(strip);
            sweep();
        }
        Reference.reachabilityFence(from);
        Reference.reachabilityFence(to);
        Reference.reachabilityFence(this);
    }

    private void layOut(long strip) {
        long lines = (strip + 2 * aligned(steps)) / 8 + 2;
        long stride = (lines | 1) * 64; // An odd number of cache lines: never a multiple of 4 KiB.
        long bytes = (2 * ringRows + 1) * stride;
        if (scratch.byteSize() < bytes) {
            scratch = Arena.ofAuto().allocate(bytes, 64);
        }
        long address = scratch.address() + 64 + (aligned(steps) - left) * Double.BYTES;
        for (long[] ring : rings) {
            for (int slot = 0; slot < ringRows; slot++) {
                ring[slot] = address;
                ring[slot + ringRows] = address;
                address += stride;
            }
        }
        wasteRow = address;
    }

    /** One strip from top to bottom, all steps. */
    private void sweep() {
        long end = last + (steps - 1);
        int slot = 0;
        for (long front = first - (steps - 1); front < end; front += ROWS_AT_A_TIME) {
            int behind = slot;
            for (int q = 1; q <= steps; q++) {
                step(q, front - (q - 1), behind);
                behind = (behind == 0 ? ringRows : behind) - 1;
            }
            slot += ROWS_AT_A_TIME;
            slot -= slot < ringRows ? 0 : ringRows;
        }
    }

    /**
     * Step q of four rows, as far as anybody needs them.
     *
     * @param row  the first of them
     * @param slot its place in the rings
     */
    private void step(int q, long row, int slot) {
        int margin = steps - q;
        long begin = Math.max(left - aligned(margin), 0);
        long end = Math.min(right + aligned(margin), aligned(from.columns()));
        long top = Math.max(row, Math.max(first - margin, from.lowest()));
        long bottom = Math.min(row + ROWS_AT_A_TIME, Math.min(last + margin, from.highest() + 1));
        if (top >= bottom) {
            return;
        }
        int above = (slot == 0 ? ringRows : slot) - 1;
        long[] source = rings[q - 1 & 1];
        long[] target = rings[q & 1];
        boolean inside = q > 1 && q < steps && top == row && bottom == row + ROWS_AT_A_TIME
                && top > from.lowest() && bottom <= from.highest();
        if (!inside) {
            list(q, row, slot, top, bottom);
            source = in;
            target = out;
            above = 0;
            slot = 0;
        }
        rule.four(target, slot, source, above, begin * Double.BYTES, (int) (end - begin) * Double.BYTES);
        if (q <= 2 && q < steps && begin == 0) {
            restore(-1, row, top, bottom, target, slot);
        }
        if (end >= from.columns() && (q <= 2 || end > from.columns())) {
            restore(from.columns(), row, top, bottom, target, slot);
        }
    }

    /** Lists the rows that step q reads and writes where they are not all in the rings. */
    private void list(int q, long row, int slot, long top, long bottom) {
        int above = (slot == 0 ? ringRows : slot) - 1;
        long[] source = rings[q - 1 & 1];
        long[] target = rings[q & 1];
        for (int k = 0; k < in.length; k++) {
            long r = Math.clamp(row - 1 + k, top - 1, bottom);
            in[k] = q == 1 || r < from.lowest() || r > from.highest() ? from.address(r)
                    : source[above + (int) (r - (row - 1))];
        }
        for (int k = 0; k < out.length; k++) {
            long r = row + k;
            out[k] = r < top || r >= bottom ? wasteRow : q == steps ? to.address(r) : target[slot + k];
        }
    }

    /**
     * The cells beside a row are no part of it, and get their values here. Later steps find them in place,
     * since a row keeps its place in the rings; except where the row's last vector has written over them.
     */
    private void restore(long column, long row, long top, long bottom, long[] target, int slot) {
        for (long r = top; r < bottom; r++) {
            long offset = column * Double.BYTES;
            Memory.copy(from.address(r) + offset, target[slot + (int) (r - row)] + offset);
        }
    }

    private static long aligned(long columns) {
        return (columns + Rows.ALIGNMENT - 1) & -Rows.ALIGNMENT;
    }
}
