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

    /** Deep enough to take memory out of the picture; deeper ones gained less than their overlap costs. */
    private static final int DEEP = 16;

    /** On average a range computes (steps - 1) rows more than it has: no more than a sixteenth of them. */
    private static final int ROWS_PER_STEP = 16;

    private final RowStep rule;

    private MemorySegment scratch = MemorySegment.NULL;

    // The addresses of four rows and of the six they depend on.
    private final long[] out = new long[ROWS_AT_A_TIME];
    private final long[] in = new long[ROWS_AT_A_TIME + 2];
    private final long[] outOne = new long[1];
    private final long[] inOne = new long[3];

    // One call's geometry.
    private Rows from;
    private Rows to;
    private long first;
    private long last;
    private int steps;

    // One strip's: columns count from 0 here, the column that Rows calls 1.
    private long left;
    private long right;
    private long ringOrigin;
    private long ringStride;
    private int ringRows;

    // The wavefront: the row where step 1 is, and its place in the ring.
    private long front;
    private int frontSlot;

    BlockedStencil(Rule rule) {
        this.rule = RowStep.of(rule);
    }

    @Override
    public int maxSteps() {
        return MAX_STEPS;
    }

    @Override
    public int bestSteps(long rows, long columns) {
        return Math.clamp(rows / ROWS_PER_STEP, 1, DEEP);
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
        provideScratch(strip);
        for (left = 0; left < width; left = right) {
            right = Math.min(left + strip, width);
            sweep();
        }
        Reference.reachabilityFence(from);
        Reference.reachabilityFence(to);
        Reference.reachabilityFence(this);
    }

    private void provideScratch(long strip) {
        long lines = (strip + 2 * aligned(steps)) / 8 + 2;
        ringStride = (lines | 1) * 64; // An odd number of cache lines: never a multiple of 4 KiB.
        long bytes = 2 * ringRows * ringStride;
        if (scratch.byteSize() < bytes) {
            scratch = Arena.ofAuto().allocate(bytes, 64);
        }
        ringOrigin = scratch.address() + 64;
    }

    /** One strip from top to bottom, all steps. */
    private void sweep() {
        front = first - (steps - 1);
        frontSlot = 0;
        long end = last + (steps - 1);
        while (front < end) {
            for (int q = 1; q <= steps; q++) {
                step(q);
            }
            front += ROWS_AT_A_TIME;
            frontSlot = (frontSlot + ROWS_AT_A_TIME) % ringRows;
        }
    }

    /** The rows of step q that the wavefront has come to, as far as anybody needs them. */
    private void step(int q) {
        int margin = steps - q;
        long behind = front - (q - 1);
        long top = Math.max(behind, Math.max(first - margin, from.lowest()));
        long bottom = Math.min(behind + ROWS_AT_A_TIME, Math.min(last + margin, from.highest() + 1));
        long begin = Math.max(left - aligned(margin), 0);
        long end = Math.min(right + aligned(margin), aligned(from.columns()));
        int bytes = (int) (end - begin) * Double.BYTES;
        if (bottom - top == ROWS_AT_A_TIME) {
            locate(q - 1, top - 1, begin, in);
            locate(q, top, begin, out);
            rule.four(out, in, bytes);
            restore(q, top, begin, end, out);
            return;
        }
        for (long r = top; r < bottom; r++) {
            locate(q - 1, r - 1, begin, inOne);
            locate(q, r, begin, outOne);
            rule.row(outOne[0], inOne[0], inOne[1], inOne[2], bytes);
            restore(q, r, begin, end, outOne);
        }
    }

    /**
     * The addresses of a column in rows r, r + 1 ... after q steps. Of these, only the outermost may be
     * boundary.
     */
    private void locate(int q, long r, long column, long[] rows) {
        if (q == 0 || q == steps) {
            Rows slab = q == 0 ? from : to;
            long address = slab.address(r) + column * Double.BYTES;
            for (int k = 0; k < rows.length; k++) {
                rows[k] = address + k * slab.stride() * Double.BYTES;
            }
            return;
        }
        long ring = ringOrigin + (q & 1) * ringRows * ringStride
                + (column - left + aligned(steps)) * Double.BYTES;
        int slot = frontSlot + (int) (r - front);
        slot += slot < 0 ? ringRows : slot >= ringRows ? -ringRows : 0;
        for (int k = 0; k < rows.length; k++) {
            rows[k] = ring + slot * ringStride;
            slot = slot + 1 == ringRows ? 0 : slot + 1;
        }
        if (r < from.lowest()) {
            rows[0] = from.address(r) + column * Double.BYTES;
        }
        long lowermost = r + rows.length - 1;
        if (lowermost > from.highest()) {
            rows[rows.length - 1] = from.address(lowermost) + column * Double.BYTES;
        }
    }

    /** The cells beside a row are no part of it: where the strip touches them, they get their values back. */
    private void restore(int q, long r, long begin, long end, long[] rows) {
        long before = -1 - begin;
        long behind = from.columns() - begin;
        for (int k = 0; k < rows.length; k++) {
            long fixed = from.address(r + k) + begin * Double.BYTES;
            if (begin == 0 && q < steps) {
                Memory.copy(fixed + before * Double.BYTES, rows[k] + before * Double.BYTES);
            }
            if (end >= from.columns()) {
                Memory.copy(fixed + behind * Double.BYTES, rows[k] + behind * Double.BYTES);
            }
        }
    }

    private static long aligned(long columns) {
        return (columns + Rows.ALIGNMENT - 1) / Rows.ALIGNMENT * Rows.ALIGNMENT;
    }
}
