package ghostrow.kernel;

import static ghostrow.kernel.Memory.VECTOR;
import static ghostrow.kernel.Memory.load;
import static ghostrow.kernel.Memory.offset;
import static ghostrow.kernel.Memory.pointer;
import static ghostrow.kernel.Memory.store;

import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;

/**
 * The inner loops: one step of a row, or of a row and the next, in whole vectors. Addresses are those of one
 * aligned column in the rows read and written. {@code bytes} need not be whole vectors: the last vector is stored
 * whole, and the caller repairs what lies behind the row.
 *
 * <p>A vector's right neighbours are loaded across the seam between two cache lines, which costs two loads; its
 * left neighbours, where vectors fill a cache line, are picked from the last vector and this one, which costs a
 * shuffle. One of each keeps both the load and the arithmetic units of current processors below their limits.
 */
sealed interface RowStep {

    void row(long out, long up, long mid, long down, int bytes);

    /** Steps rows {@code mid} and {@code next} in one pass, so that each is loaded once as the other's neighbour. */
    void pair(long out, long outNext, long up, long mid, long next, long down, int bytes);

    static RowStep of(Rule rule) {
        return switch (rule) {
            case Rule.Diffusion d -> new Diffusion(d.factor());
            case Rule.Jacobi _ -> new Jacobi();
        };
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
                store(next(centre, load(u + x), load(d + x), Left.of(before, centre, l + x), load(m + x + 8)), o + x);
                before = centre;
            }
        }

        @Override
        public void pair(long out, long outNext, long up, long mid, long next, long down, int bytes) {
            long o = pointer(out);
            long p = pointer(outNext);
            long u = pointer(up);
            long m = pointer(mid);
            long n = pointer(next);
            long d = pointer(down);
            long l = pointer(mid - Double.BYTES);
            long k = pointer(next - Double.BYTES);
            var before = load(pointer(mid - VECTOR));
            var beforeNext = load(pointer(next - VECTOR));
            for (int i = 0; i < bytes; i += VECTOR) {
                long x = offset(i);
                var centre = load(m + x);
                var below = load(n + x);
                store(next(centre, load(u + x), below, Left.of(before, centre, l + x), load(m + x + 8)), o + x);
                store(next(below, centre, load(d + x), Left.of(beforeNext, below, k + x), load(n + x + 8)), p + x);
                before = centre;
                beforeNext = below;
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
                store(next(centre, load(u + x), load(d + x), Left.of(before, centre, l + x), load(m + x + 8)), o + x);
                before = centre;
            }
        }

        @Override
        public void pair(long out, long outNext, long up, long mid, long next, long down, int bytes) {
            long o = pointer(out);
            long p = pointer(outNext);
            long u = pointer(up);
            long m = pointer(mid);
            long n = pointer(next);
            long d = pointer(down);
            long l = pointer(mid - Double.BYTES);
            long k = pointer(next - Double.BYTES);
            var before = load(pointer(mid - VECTOR));
            var beforeNext = load(pointer(next - VECTOR));
            for (int i = 0; i < bytes; i += VECTOR) {
                long x = offset(i);
                var centre = load(m + x);
                var below = load(n + x);
                store(next(centre, load(u + x), below, Left.of(before, centre, l + x), load(m + x + 8)), o + x);
                store(next(below, centre, load(d + x), Left.of(beforeNext, below, k + x), load(n + x + 8)), p + x);
                before = centre;
                beforeNext = below;
            }
        }

        private static DoubleVector next(DoubleVector centre, DoubleVector up, DoubleVector down, DoubleVector left,
                DoubleVector right) {
            return centre.add(left).add(right).add(up).add(down).mul(0.2);
        }
    }

    /** The cells one to the left of a vector's. */
    final class Left {

        /** The two-vector shuffle is one instruction in AVX-512; without it, it would not be compiled to vectors. */
        private static final boolean SHUFFLED = VECTOR == 64 && System.getProperty("os.arch").equals("amd64");

        private static final DoubleVector LAST_THEN_FIRST_SEVEN = DoubleVector.fromArray(Memory.SPECIES,
                IntStream.range(0, VECTOR / 8).mapToDouble(lane -> VECTOR / 8 - 1 + lane).toArray(), 0);

        private Left() {
        }

        static DoubleVector of(DoubleVector before, DoubleVector centre, long address) {
            return SHUFFLED ? LAST_THEN_FIRST_SEVEN.selectFrom(before, centre) : load(address);
        }
    }
}
