package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.run.Agreement;
import java.io.IOException;
import java.math.BigInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Doubles the number of intervals until that makes next to no difference, twice in a row. A curve that waves as often
 * as there are points, or a power of two times that, looks straight to all of these; so the last word is that of a
 * number of intervals that has nothing in common with theirs.
 */
record Doubling(double tolerance, long mostIntervals) {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** Collective, as {@code areaOf} is. */
    Area settle(Comm comm, long first, LongFunction<Area> areaOf) throws IOException {
        Area area = areaOf.apply(first);
        int agreeing = 0;
        while (agreeing < 2) {
            if (area.intervals() > mostIntervals / 2) {
                return area.unsettled();
            }
            Area last = area;
            Area next = areaOf.apply(2 * last.intervals());
            area = next;
            if (agree(comm, () -> !Double.isFinite(next.value()))) {
                return next.unsettled();
            }
            agreeing = agree(comm, () -> next.isNear(last, tolerance)) ? agreeing + 1 : 0;
            if (agreeing == 2) {
                Area other = areaOf.apply(incommensurate(next.intervals()));
                agreeing = agree(comm, () -> next.isNear(other, tolerance)) ? 2 : 0;
            }
        }
        return area;
    }

    /** Only rank 0 has the areas. */
    private static boolean agree(Comm comm, BooleanSupplier verdict) throws IOException {
        return Agreement.fromFirst(comm, 1, () -> new long[] {verdict.getAsBoolean() ? 1 : 0})[0] == 1;
    }

    /**
     * A number near n over the golden ratio without a common divisor: its points coincide with none of the others, and
     * its error is less than that of n / 2 intervals, so that it asks no more of a smooth curve than the doublings do.
     */
    private static long incommensurate(long n) {
        long m = Math.max(1, (long) (n * GOLDEN));
        while (BigInteger.valueOf(n).gcd(BigInteger.valueOf(m)).compareTo(BigInteger.ONE) > 0) {
            m++;
        }
        return m;
    }
}
