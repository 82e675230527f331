package ghostrow.kernel;

import static ghostrow.kernel.PlainEscape.SURELY_INSIDE;
import static ghostrow.kernel.PlainEscape.SURELY_OUTSIDE;
import static jdk.incubator.vector.DoubleVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many points at once. The points of a row that have not escaped stand in a dense list; the whole list goes a
 * round of iterations further, then those that escaped in it leave. Each round is longer than the last: most
 * points that escape do so soon.
 *
 * <p>In a round, four vectors of points go blocks of 8 iterations without a test between. A point that
 * escapes inside a block is still outside at its end, since |q| is clearly below 2 for every point that
 * outlived the first, tested iteration: from |z| ≥ 2 on, |z² + q| ≥ |z|² − |q| grows, by far more than
 * rounding takes away, to infinity or to NaN. Such a block is done once more from its start, with a test
 * after each iteration.
 */
final class VectorEscape implements Escape {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int GROUP = 4 * LANES;
    private static final int BLOCK = 8;

    /** The longest round: how far a point may go on when its neighbours in the list have escaped. */
    private static final int LONGEST_ROUND = 512;

    /** With shortcuts rounds end sooner, because a cycle is looked for at the end of each. */
    private static final int LONGEST_ROUND_WITH_SHORTCUTS = 64;

    private static final int GONE = -1;

    private final boolean shortcuts;

    // The list: where each point is, where it has come to, and its place in the row or GONE.
    private double[] qx = {};
    private double[] qy = {};
    private double[] re = {};
    private double[] im = {};
    private int[] place = {};

    // Where each point was when the search for a cycle last took note.
    private double[] notedRe = {};
    private double[] notedIm = {};

    private final double[] survived = new double[LANES];

    // The call at hand.
    private int maxiter;
    private int[] counts;
    private long evaluations;
    private long escaped;
    private long performed;

    VectorEscape(boolean shortcuts) {
        this.shortcuts = shortcuts;
    }

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        this.maxiter = maxiter;
        this.counts = counts;
        evaluations = 0;
        escaped = 0;
        performed = 0;
        int live = enlist(x, y, from, to);
        int round = BLOCK;
        int noteAt = BLOCK;
        for (int n = 0; n < maxiter && live > 0;) {
            int length = Math.min(round, maxiter - n);
            length = length < BLOCK ? length : length / BLOCK * BLOCK;
            pad(live);
            for (int at = 0; at < live; at += GROUP) {
                advance(at, n, length);
            }
            n += length;
            live = keepTheLiving(live);
            if (shortcuts) {
                live = dropCycles(live, n);
                if (n >= noteAt) {
                    System.arraycopy(re, 0, notedRe, 0, live);
                    System.arraycopy(im, 0, notedIm, 0, live);
                    noteAt = 2 * n;
                }
            }
            round = Math.min(2 * round, shortcuts ? LONGEST_ROUND_WITH_SHORTCUTS : LONGEST_ROUND);
        }
        for (int i = 0; i < live; i++) {
            neverEscapes(place[i], maxiter);
        }
        return new Tally(evaluations, escaped, performed);
    }

    /** Puts a row's points into the list; returns how many there are to iterate. */
    private int enlist(double[] x, double y, int from, int to) {
        int room = (to - from) + GROUP;
        if (qx.length < room) {
            qx = new double[room];
            qy = new double[room];
            re = new double[room];
            im = new double[room];
            place = new int[room];
            notedRe = new double[shortcuts ? room : 0];
            notedIm = new double[shortcuts ? room : 0];
        }
        int live = 0;
        for (int i = from; i < to; i++) {
            if (shortcuts && inLargestParts(x[i], y)) {
                neverEscapes(i, 0);
            } else {
                qx[live] = x[i];
                place[live++] = i;
            }
        }
        Arrays.fill(qy, 0, live, y);
        Arrays.fill(re, 0, live, 0);
        Arrays.fill(im, 0, live, 0);
        if (shortcuts) {
            Arrays.fill(notedRe, 0, live, Double.NaN);
        }
        return live;
    }

    /** Fills the last group with points at 0, which stay there. */
    private void pad(int live) {
        for (int i = live; i < (live + GROUP - 1) / GROUP * GROUP; i++) {
            leave(i);
        }
    }

    private void leave(int i) {
        place[i] = GONE;
        qx[i] = 0;
        qy[i] = 0;
        re[i] = 0;
        im[i] = 0;
    }

    /** Takes a group through a round. */
    private void advance(int at, int n, int length) {
        for (int done = 0; done < length;) {
            // No call for no blocks: compiled for that alone, it would be slow for all the others.
            if (n > 0 && length - done >= BLOCK) {
                done += BLOCK * untested(at, (length - done) / BLOCK);
            }
            if (done < length) {
                int steps = Math.min(BLOCK, length - done);
                for (int v = at; v < at + GROUP; v += LANES) {
                    tested(v, n + done, steps);
                }
                done += steps;
            }
        }
    }

    /**
     * Takes a group some blocks further, or to the start of the first block in which a point may have
     * escaped. Returns the number of blocks done.
     */
    private int untested(int at, int blocks) {
        var qx0 = fromArray(SPECIES, qx, at);
        var qx1 = fromArray(SPECIES, qx, at + LANES);
        var qx2 = fromArray(SPECIES, qx, at + 2 * LANES);
        var qx3 = fromArray(SPECIES, qx, at + 3 * LANES);
        var qy0 = fromArray(SPECIES, qy, at);
        var qy1 = fromArray(SPECIES, qy, at + LANES);
        var qy2 = fromArray(SPECIES, qy, at + 2 * LANES);
        var qy3 = fromArray(SPECIES, qy, at + 3 * LANES);
        var re0 = fromArray(SPECIES, re, at);
        var re1 = fromArray(SPECIES, re, at + LANES);
        var re2 = fromArray(SPECIES, re, at + 2 * LANES);
        var re3 = fromArray(SPECIES, re, at + 3 * LANES);
        var im0 = fromArray(SPECIES, im, at);
        var im1 = fromArray(SPECIES, im, at + LANES);
        var im2 = fromArray(SPECIES, im, at + 2 * LANES);
        var im3 = fromArray(SPECIES, im, at + 3 * LANES);
        int block = 0;
        for (; block < blocks; block++) {
            for (int s = 0; s < BLOCK; s++) {
                var cross0 = re0.mul(im0);
                var cross1 = re1.mul(im1);
                var cross2 = re2.mul(im2);
                var cross3 = re3.mul(im3);
                re0 = re0.mul(re0).sub(im0.mul(im0)).add(qx0);
                re1 = re1.mul(re1).sub(im1.mul(im1)).add(qx1);
                re2 = re2.mul(re2).sub(im2.mul(im2)).add(qx2);
                re3 = re3.mul(re3).sub(im3.mul(im3)).add(qx3);
                im0 = cross0.add(cross0).add(qy0);
                im1 = cross1.add(cross1).add(qy1);
                im2 = cross2.add(cross2).add(qy2);
                im3 = cross3.add(cross3).add(qy3);
            }
            if (!re0.mul(re0).add(im0.mul(im0)).lt(SURELY_INSIDE)
                    .and(re1.mul(re1).add(im1.mul(im1)).lt(SURELY_INSIDE))
                    .and(re2.mul(re2).add(im2.mul(im2)).lt(SURELY_INSIDE))
                    .and(re3.mul(re3).add(im3.mul(im3)).lt(SURELY_INSIDE)).allTrue()) {
                return block;
            }
            re0.intoArray(re, at);
            re1.intoArray(re, at + LANES);
            re2.intoArray(re, at + 2 * LANES);
            re3.intoArray(re, at + 3 * LANES);
            im0.intoArray(im, at);
            im1.intoArray(im, at + LANES);
            im2.intoArray(im, at + 2 * LANES);
            im3.intoArray(im, at + 3 * LANES);
        }
        return block;
    }

    /** Takes one vector a few iterations further with a test after each; points that escape leave. */
    private void tested(int at, int n, int steps) {
        var x = fromArray(SPECIES, qx, at);
        var y = fromArray(SPECIES, qy, at);
        var r = fromArray(SPECIES, re, at);
        var i = fromArray(SPECIES, im, at);
        var inside = DoubleVector.zero(SPECIES);
        VectorMask<Double> still = SPECIES.maskAll(true);
        VectorMask<Double> doubtful = SPECIES.maskAll(false);
        for (int s = 0; s < steps; s++) {
            var cross = r.mul(i);
            r = r.mul(r).sub(i.mul(i)).add(x);
            i = cross.add(cross).add(y);
            var square = r.mul(r).add(i.mul(i));
            still = still.and(square.lt(SURELY_INSIDE));
            doubtful = doubtful.or(square.lt(SURELY_OUTSIDE).andNot(square.lt(SURELY_INSIDE)));
            inside = inside.add(1, still);
        }
        r.intoArray(re, at);
        i.intoArray(im, at);
        long ended = still.not().or(doubtful).toLong();
        if (ended != 0) {
            inside.intoArray(survived, 0);
            retire(at, n, ended, doubtful.toLong());
        }
    }

    private void retire(int at, int n, long ended, long doubtful) {
        for (long rest = ended; rest != 0; rest &= rest - 1) {
            int lane = Long.numberOfTrailingZeros(rest);
            int i = at + lane;
            if ((doubtful >> lane & 1) == 0) {
                escapes(place[i], n + (int) survived[lane]);
            } else {
                int exact = PlainEscape.escape(qx[i], qy[i], maxiter);
                if (exact < maxiter) {
                    escapes(place[i], exact);
                } else {
                    neverEscapes(place[i], maxiter);
                }
            }
            leave(i);
        }
    }

    private void escapes(int where, int n) {
        counts[where] = n;
        escaped++;
        evaluations += n + 1L;
        performed += n + 1L;
    }

    private void neverEscapes(int where, int iterated) {
        counts[where] = 0;
        evaluations += maxiter;
        performed += iterated;
    }

    private int keepTheLiving(int live) {
        int kept = 0;
        for (int i = 0; i < live; i++) {
            if (place[i] != GONE) {
                if (kept < i) {
                    move(i, kept);
                }
                kept++;
            }
        }
        return kept;
    }

    private void move(int i, int to) {
        qx[to] = qx[i];
        qy[to] = qy[i];
        re[to] = re[i];
        im[to] = im[i];
        place[to] = place[i];
        if (shortcuts) {
            notedRe[to] = notedRe[i];
            notedIm[to] = notedIm[i];
        }
    }

    /** A point that stands, to the last bit, where it once stood repeats what it did since, for ever. */
    private int dropCycles(int live, int n) {
        int kept = 0;
        for (int i = 0; i < live; i++) {
            if (same(re[i], notedRe[i]) && same(im[i], notedIm[i])) {
                neverEscapes(place[i], n);
            } else {
                move(i, kept++);
            }
        }
        return kept;
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    /** The main cardioid and the disk to its left, less a margin that rounding of this test cannot cross. */
    private static boolean inLargestParts(double x, double y) {
        double margin = 1e-6;
        double fromCusp = x - 0.25;
        double square = fromCusp * fromCusp + y * y;
        return square * (square + fromCusp) < 0.25 * y * y - margin
                || (x + 1) * (x + 1) + y * y < 0.0625 - margin;
    }
}
