package ghostrow.kernel;

import static ghostrow.kernel.Memory.VECTOR;
import static ghostrow.kernel.Memory.load;
import static ghostrow.kernel.Memory.store;

/**
 * The inner loops: one row, one step, in whole vectors. Addresses are those of column 1 (or of any other aligned
 * column) in the row written and in the three rows read; {@code bytes} need not be whole vectors, the last vector
 * is stored whole and the caller repairs what lies behind the row.
 */
sealed interface RowStep {

    void row(long out, long up, long mid, long down, long bytes);

    static RowStep of(Rule rule) {
        return switch (rule) {
            case Rule.Diffusion d -> new Diffusion(d.factor());
            case Rule.Jacobi _ -> new Jacobi();
        };
    }

    record Diffusion(double factor) implements RowStep {
        @Override
        public void row(long out, long up, long mid, long down, long bytes) {
            for (long x = 0; x < bytes; x += VECTOR) {
                var centre = load(mid + x);
                var laplacian = load(down + x).add(load(up + x)).add(load(mid + x + 8)).add(load(mid + x - 8))
                        .sub(centre.mul(4));
                store(centre.add(laplacian.mul(factor)), out + x);
            }
        }
    }

    record Jacobi() implements RowStep {
        @Override
        public void row(long out, long up, long mid, long down, long bytes) {
            for (long x = 0; x < bytes; x += VECTOR) {
                var sum = load(mid + x).add(load(mid + x - 8)).add(load(mid + x + 8)).add(load(up + x))
                        .add(load(down + x));
                store(sum.mul(0.2), out + x);
            }
        }
    }
}
