package ghostrow.kernel;

import static ghostrow.kernel.Memory.ALL;
import static ghostrow.kernel.Memory.ORDER;
import static ghostrow.kernel.Memory.SPECIES;
import static ghostrow.kernel.Memory.VECTOR;
import static ghostrow.kernel.Memory.load;
import static ghostrow.kernel.Memory.offset;
import static ghostrow.kernel.Memory.pointer;
import static ghostrow.kernel.Memory.store;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import jdk.incubator.vector.DoubleVector;

/**
 * The inner loops: one step of a row, or of four rows that follow each other, in whole vectors. Addresses are those of one
 * aligned column in the rows read and written. {@code bytes} need not be whole vectors: the last vector is
 * stored whole, and the caller repairs what lies behind the row.
 *
 * <p>A vector's right neighbours are loaded across the seam between two cache lines, which costs two loads;
 * its left neighbours, where vectors fill a cache line, are picked from the last vector and this one, which
 * costs a shuffle. One of each keeps both the load and the arithmetic units of current processors below their
 * limits.
 */
sealed interface RowStep {

    /**
     * The two-vector shuffle is one instruction in AVX-512; without it, it would not be compiled to vectors.
     */
    boolean SHUFFLED = VECTOR == 64 && System.getProperty("os.arch").equals("amd64");

    /**
     * Whether one of the five sums of diffusion goes through the multiplier: a * 1 + b rounds as a + b does,
     * to the same bits. Processors that add and multiply in different units are done sooner when both have
     * work; for others it is all the same. Only where there is sure to be such an instruction: in software it takes
     * a thousand times as long.
     */
    boolean ADDED_BY_FMA = SHUFFLED;

    /**
     * The lanes of a vector's left neighbours, in the vector before it and itself: the last, then all but the
     * last.
     */
    DoubleVector LEFT = lastThenAllButTheLast();

    /** One row. */
    void row(long out, long up, long mid, long down, int bytes);

    /**
     * Steps four rows that follow each other in one pass: each row is loaded once as its neighbours'
     * neighbour.
     *
     * @param out   where the four rows go: addresses number {@code o} and the three that follow
     * @param in    six rows, from number {@code i} on: the row above the four, the four, the row below
     * @param begin where in each row to begin, in bytes past its address; a multiple of the cache line
     */
    void four(long[] out, int o, long[] in, int i, long begin, int bytes);

    static RowStep of(Rule rule) {
        // No pattern switch and no lambda here: setting them up takes longer than many a small run.
        if (rule instanceof Rule.Diffusion diffusion) {
            return new Diffusion(diffusion.factor());
        }
        return new Jacobi();
    }

    private static DoubleVector lastThenAllButTheLast() {
        double[] lanes = new double[SPECIES.length()];
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = lanes.length - 1 + lane;
        }
        return DoubleVector.fromArray(SPECIES, lanes, 0);
    }

    record Diffusion(double factor) implements RowStep {
        @Override
        public void row(long out, long up, long mid, long down, int bytes) {
            long o = pointer(out);
            long u = pointer(up);
            long m = pointer(mid);
            long d = pointer(down);
            long l = pointer(mid - Double.BYTES);
            var before = load(pointer(mid - VECTOR));
            for (int i = 0; i < bytes; i += VECTOR) {
                long x = offset(i);
                var centre = load(m + x);
                var left = SHUFFLED ? LEFT.selectFrom(before, centre) : load(l + x);
                store(next(centre, load(u + x), load(d + x), left, load(m + x + 8)), o + x);
                before = centre;
            }
        }

        @Override
        public void four(long[] out, int o, long[] in, int i, long begin, int bytes) {
            long o0 = pointer(out[o] + begin);
            long o1 = pointer(out[o + 1] + begin);
            long o2 = pointer(out[o + 2] + begin);
            long o3 = pointer(out[o + 3] + begin);
            long up = pointer(in[i] + begin);
            long r0 = pointer(in[i + 1] + begin - VECTOR);
            long r1 = pointer(in[i + 2] + begin - VECTOR);
            long r2 = pointer(in[i + 3] + begin - VECTOR);
            long r3 = pointer(in[i + 4] + begin - VECTOR);
            long down = pointer(in[i + 5] + begin);
            var before0 = fromMemorySegment(SPECIES, ALL, r0, ORDER);
            var before1 = fromMemorySegment(SPECIES, ALL, r1, ORDER);
            var before2 = fromMemorySegment(SPECIES, ALL, r2, ORDER);
            var before3 = fromMemorySegment(SPECIES, ALL, r3, ORDER);
            var one = DoubleVector.broadcast(SPECIES, 1);
            for (int at = 0; at < bytes; at += VECTOR) {
                long x = offset(at);
                var c0 = fromMemorySegment(SPECIES, ALL, r0 + x + VECTOR, ORDER);
                var c1 = fromMemorySegment(SPECIES, ALL, r1 + x + VECTOR, ORDER);
                var sum0 = c1.add(fromMemorySegment(SPECIES, ALL, up + x, ORDER));
                var right0 = fromMemorySegment(SPECIES, ALL, r0 + x + VECTOR + 8, ORDER);
                sum0 = ADDED_BY_FMA ? sum0.fma(one, right0) : sum0.add(right0);
                c0.add(sum0
                        .add(SHUFFLED ? LEFT.selectFrom(before0, c0)
                                : fromMemorySegment(SPECIES, ALL, r0 + x + VECTOR - 8, ORDER))
                        .sub(c0.mul(4)).mul(factor)).intoMemorySegment(ALL, o0 + x, ORDER);
                var c2 = fromMemorySegment(SPECIES, ALL, r2 + x + VECTOR, ORDER);
                var sum1 = c2.add(c0);
                var right1 = fromMemorySegment(SPECIES, ALL, r1 + x + VECTOR + 8, ORDER);
                sum1 = ADDED_BY_FMA ? sum1.fma(one, right1) : sum1.add(right1);
                c1.add(sum1
                        .add(SHUFFLED ? LEFT.selectFrom(before1, c1)
                                : fromMemorySegment(SPECIES, ALL, r1 + x + VECTOR - 8, ORDER))
                        .sub(c1.mul(4)).mul(factor)).intoMemorySegment(ALL, o1 + x, ORDER);
                var c3 = fromMemorySegment(SPECIES, ALL, r3 + x + VECTOR, ORDER);
                var sum2 = c3.add(c1);
                var right2 = fromMemorySegment(SPECIES, ALL, r2 + x + VECTOR + 8, ORDER);
                sum2 = ADDED_BY_FMA ? sum2.fma(one, right2) : sum2.add(right2);
                c2.add(sum2
                        .add(SHUFFLED ? LEFT.selectFrom(before2, c2)
                                : fromMemorySegment(SPECIES, ALL, r2 + x + VECTOR - 8, ORDER))
                        .sub(c2.mul(4)).mul(factor)).intoMemorySegment(ALL, o2 + x, ORDER);
                var sum3 = fromMemorySegment(SPECIES, ALL, down + x, ORDER).add(c2);
                var right3 = fromMemorySegment(SPECIES, ALL, r3 + x + VECTOR + 8, ORDER);
                sum3 = ADDED_BY_FMA ? sum3.fma(one, right3) : sum3.add(right3);
                c3.add(sum3
                        .add(SHUFFLED ? LEFT.selectFrom(before3, c3)
                                : fromMemorySegment(SPECIES, ALL, r3 + x + VECTOR - 8, ORDER))
                        .sub(c3.mul(4)).mul(factor)).intoMemorySegment(ALL, o3 + x, ORDER);
                before0 = c0;
                before1 = c1;
                before2 = c2;
                before3 = c3;
            }
        }

        private DoubleVector next(DoubleVector centre, DoubleVector up, DoubleVector down, DoubleVector left,
                DoubleVector right) {
            return centre.add(down.add(up).add(right).add(left).sub(centre.mul(4)).mul(factor));
        }
    }

    record Jacobi() implements RowStep {
        @Override
        public void row(long out, long up, long mid, long down, int bytes) {
            long o = pointer(out);
            long u = pointer(up);
            long m = pointer(mid);
            long d = pointer(down);
            long l = pointer(mid - Double.BYTES);
            var before = load(pointer(mid - VECTOR));
            for (int i = 0; i < bytes; i += VECTOR) {
                long x = offset(i);
                var centre = load(m + x);
                var left = SHUFFLED ? LEFT.selectFrom(before, centre) : load(l + x);
                store(next(centre, load(u + x), load(d + x), left, load(m + x + 8)), o + x);
                before = centre;
            }
        }

        @Override
        public void four(long[] out, int o, long[] in, int i, long begin, int bytes) {
            long o0 = pointer(out[o] + begin);
            long o1 = pointer(out[o + 1] + begin);
            long o2 = pointer(out[o + 2] + begin);
            long o3 = pointer(out[o + 3] + begin);
            long up = pointer(in[i] + begin);
            long r0 = pointer(in[i + 1] + begin - VECTOR);
            long r1 = pointer(in[i + 2] + begin - VECTOR);
            long r2 = pointer(in[i + 3] + begin - VECTOR);
            long r3 = pointer(in[i + 4] + begin - VECTOR);
            long down = pointer(in[i + 5] + begin);
            var before0 = fromMemorySegment(SPECIES, ALL, r0, ORDER);
            var before1 = fromMemorySegment(SPECIES, ALL, r1, ORDER);
            var before2 = fromMemorySegment(SPECIES, ALL, r2, ORDER);
            var before3 = fromMemorySegment(SPECIES, ALL, r3, ORDER);
            for (int at = 0; at < bytes; at += VECTOR) {
                long x = offset(at);
                var c0 = fromMemorySegment(SPECIES, ALL, r0 + x + VECTOR, ORDER);
                var c1 = fromMemorySegment(SPECIES, ALL, r1 + x + VECTOR, ORDER);
                c0.add(SHUFFLED ? LEFT.selectFrom(before0, c0)
                        : fromMemorySegment(SPECIES, ALL, r0 + x + VECTOR - 8, ORDER))
                        .add(fromMemorySegment(SPECIES, ALL, r0 + x + VECTOR + 8, ORDER))
                        .add(fromMemorySegment(SPECIES, ALL, up + x, ORDER)).add(c1)
                        .mul(0.2).intoMemorySegment(ALL, o0 + x, ORDER);
                var c2 = fromMemorySegment(SPECIES, ALL, r2 + x + VECTOR, ORDER);
                c1.add(SHUFFLED ? LEFT.selectFrom(before1, c1)
                        : fromMemorySegment(SPECIES, ALL, r1 + x + VECTOR - 8, ORDER))
                        .add(fromMemorySegment(SPECIES, ALL, r1 + x + VECTOR + 8, ORDER))
                        .add(c0).add(c2)
                        .mul(0.2).intoMemorySegment(ALL, o1 + x, ORDER);
                var c3 = fromMemorySegment(SPECIES, ALL, r3 + x + VECTOR, ORDER);
                c2.add(SHUFFLED ? LEFT.selectFrom(before2, c2)
                        : fromMemorySegment(SPECIES, ALL, r2 + x + VECTOR - 8, ORDER))
                        .add(fromMemorySegment(SPECIES, ALL, r2 + x + VECTOR + 8, ORDER))
                        .add(c1).add(c3)
                        .mul(0.2).intoMemorySegment(ALL, o2 + x, ORDER);
                c3.add(SHUFFLED ? LEFT.selectFrom(before3, c3)
                        : fromMemorySegment(SPECIES, ALL, r3 + x + VECTOR - 8, ORDER))
                        .add(fromMemorySegment(SPECIES, ALL, r3 + x + VECTOR + 8, ORDER))
                        .add(c2).add(fromMemorySegment(SPECIES, ALL, down + x, ORDER))
                        .mul(0.2).intoMemorySegment(ALL, o3 + x, ORDER);
                before0 = c0;
                before1 = c1;
                before2 = c2;
                before3 = c3;
            }
        }

        private static DoubleVector next(DoubleVector centre, DoubleVector up, DoubleVector down,
                DoubleVector left, DoubleVector right) {
            return centre.add(left).add(right).add(up).add(down).mul(0.2);
        }
    }
}
