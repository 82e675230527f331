package ghostrow.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many points at once. All points of a row go through a first few iterations, in which most escape. The others stand
 * in a dense list; the whole list goes a round of iterations further, then those that escaped in it leave. Each round
 * is longer than the last.
 *
 * <p>In a round, four vectors of points go blocks of 8 iterations without a test between. A point that
 * escapes inside a block is still outside at its end, since |q| is clearly below 2 for every point that
 * outlived the first, tested iteration: from |z| ≥ 2 on, |z² + q| ≥ |z|² − |q| grows, by far more than
 * rounding takes away, to infinity or to NaN. Such a block is done once more from its start, with a test
 * after each iteration.
 */
final class VectorEscape implements Escape {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /**
     * What vectors are, exactly. One that goes around a loop is just any vector to C2, which then calls what it could
     * make an instruction of, unless it has watched the loop for long. So they are cast where it begins, which costs
     * nothing; by no method of their own, which C2 may leave out of line.
     */
    private static final Class<? extends DoubleVector> VECTOR = DoubleVector.zero(SPECIES).getClass();
    private static final Class<? extends VectorMask<Double>> MASK = classOf(SPECIES.maskAll(true));

    private static final int LANES = SPECIES.length();
    private static final int PAIR = 2 * LANES;
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

    private final double[] survived = new double[PAIR];
    private final double[] perhapsInside = new double[PAIR];

    // The call at hand.
    private int maxiter;
    private int[] counts;
    private long sum;
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
        sum = 0;
        evaluations = 0;
        escaped = 0;
        performed = 0;
        int n = Math.min(BLOCK, maxiter);
        int live = begin(x, y, from, to, n);
        int round = 2 * BLOCK;
        int noteAt = BLOCK;
        while (n < maxiter && live > 0) {
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
        return new Tally(sum, evaluations, escaped, performed);
    }

    /** Takes a row's points through their first iterations. Those that are left make the list; returns their number. */
    private int begin(double[] x, double y, int from, int to, int steps) {
        int points = to - from;
        makeRoom(points + GROUP);
        System.arraycopy(x, from, qx, 0, points);
        int live = 0;
        for (int at = 0; at < points; at += PAIR) {
            first(at, y, steps);
            int end = Math.min(PAIR, points - at);
            for (int i = 0; i < end; i++) {
                int inside = (int) survived[i];
                int where = from + at + i;
                if (survived[i] != perhapsInside[i]) {
                    doubtful(where, qx[at + i], y);
                } else if (inside < steps) {
                    escapes(where, inside);
                } else if (shortcuts && inLargestParts(qx[at + i], y)) {
                    neverEscapes(where, steps);
                } else {
                    qx[live] = qx[at + i];
                    qy[live] = y;
                    re[live] = re[at + i];
                    im[live] = im[at + i];
                    place[live++] = where;
                }
            }
        }
        if (shortcuts) {
            Arrays.fill(notedRe, 0, live, Double.NaN);
        }
        return live;
    }

    private void makeRoom(int room) {
        if (qx.length < room) {
            qx = new double[room];
            qy = new double[room];
            re = new double[room];
            im = new double[room];
            place = new int[room];
            notedRe = new double[shortcuts ? room : 0];
            notedIm = new double[shortcuts ? room : 0];
        }
    }

    /**
     * Takes two vectors of points from 0 through some iterations. A point once outside stays there, so that it is
     * enough to count the iterations after which it is inside; by both limits, to see where there is a doubt.
     */
    private void first(int at, double y, int steps) {
        var x0 = fromArray(SPECIES, qx, at);
        var x1 = fromArray(SPECIES, qx, at + LANES);
        var ys = DoubleVector.broadcast(SPECIES, y);
        var re0 = DoubleVector.zero(SPECIES);
        var re1 = re0;
        var im0 = re0;
        var im1 = re0;
        var inside0 = re0;
        var inside1 = re0;
        var perhaps0 = re0;
        var perhaps1 = re0;
        for (int s = 0; s < steps; s++) {
            re0 = VECTOR.cast(re0);
            re1 = VECTOR.cast(re1);
            im0 = VECTOR.cast(im0);
            im1 = VECTOR.cast(im1);
            inside0 = VECTOR.cast(inside0);
            inside1 = VECTOR.cast(inside1);
            perhaps0 = VECTOR.cast(perhaps0);
            perhaps1 = VECTOR.cast(perhaps1);
            var cross0 = re0.mul(im0);
            var cross1 = re1.mul(im1);
            re0 = re0.mul(re0).sub(im0.mul(im0)).add(x0);
            re1 = re1.mul(re1).sub(im1.mul(im1)).add(x1);
            im0 = cross0.add(cross0).add(ys);
            im1 = cross1.add(cross1).add(ys);
            var square0 = re0.mul(re0).add(im0.mul(im0));
            var square1 = re1.mul(re1).add(im1.mul(im1));
            inside0 = inside0.add(1, square0.lt(SURELY_INSIDE));
            inside1 = inside1.add(1, square1.lt(SURELY_INSIDE));
            perhaps0 = perhaps0.add(1, square0.lt(SURELY_OUTSIDE));
            perhaps1 = perhaps1.add(1, square1.lt(SURELY_OUTSIDE));
        }
        re0.intoArray(re, at);
        re1.intoArray(re, at + LANES);
        im0.intoArray(im, at);
        im1.intoArray(im, at + LANES);
        inside0.intoArray(survived, 0);
        inside1.intoArray(survived, LANES);
        perhaps0.intoArray(perhapsInside, 0);
        perhaps1.intoArray(perhapsInside, LANES);
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
            if (length - done >= BLOCK) {
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
                re0 = VECTOR.cast(re0);
                re1 = VECTOR.cast(re1);
                re2 = VECTOR.cast(re2);
                re3 = VECTOR.cast(re3);
                im0 = VECTOR.cast(im0);
                im1 = VECTOR.cast(im1);
                im2 = VECTOR.cast(im2);
                im3 = VECTOR.cast(im3);
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
            r = VECTOR.cast(r);
            i = VECTOR.cast(i);
            inside = VECTOR.cast(inside);
            still = MASK.cast(still);
            doubtful = MASK.cast(doubtful);
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
                doubtful(place[i], qx[i], qy[i]);
            }
            leave(i);
        }
    }

    private void doubtful(int where, double x, double y) {
        int exact = PlainEscape.escape(x, y, maxiter);
        if (exact < maxiter) {
            escapes(where, exact);
        } else {
            neverEscapes(where, maxiter);
        }
    }

    private void escapes(int where, int n) {
        counts[where] = n;
        sum += n;
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

    @SuppressWarnings("unchecked")
    private static Class<? extends VectorMask<Double>> classOf(VectorMask<Double> mask) {
        return (Class<? extends VectorMask<Double>>) mask.getClass();
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
