package ghostrow.app.mandelbrot;

import java.util.Optional;
import java.util.function.Supplier;

/** The rows that one thread comes by, as many at a time as it can take. */
final class Batches {
    private final Supplier<Optional<Rows>> taken;
    private final int most;
    private Rows left = new Rows(0, 0);

    /** @param taken takes the next piece, however large; empty when there are no more */
    Batches(Supplier<Optional<Rows>> taken, int most) {
        this.taken = taken;
        this.most = most;
    }

    /** Rows of the largest. */
    int most() {
        return most;
    }

    /** Empty when all is taken. */
    Optional<Rows> next() {
        if (left.count() == 0) {
            Optional<Rows> piece = taken.get();
            if (piece.isEmpty()) {
                return piece;
            }
            left = piece.get();
        }
        Rows batch = new Rows(left.first(), Math.min(most, left.count()));
        left = new Rows(batch.end(), left.end() - batch.end());
        return Optional.of(batch);
    }
}
