package ghostrow.kernel;

import java.util.Arrays;

/**
 * Whole arrays instead of loops: every operation is done for all points at a time, and all points go through every
 * iteration, since an array cannot leave a loop early; those that have escaped go on as zeros. Intermediate results of
 * many points go to memory and come back for the next operation; in pieces that fit into a cache they stay there.
 */
final class ArrayEscape implements Escape {

    private final int piece;
    private final FreeArrays arrays = new FreeArrays();

    /** @param piece points at a time */
    ArrayEscape(int piece) {
        this.piece = piece;
    }

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        return counts(Arrays.copyOfRange(x, from, to), new double[] {y}, maxiter, counts, from);
    }

    @Override
    public Tally rows(double[] x, double[] y, int maxiter, int[] counts) {
        return counts(x, y, maxiter, counts, 0);
    }

    private Tally counts(double[] x, double[] y, int maxiter, int[] counts, int offset) {
        int points = x.length * y.length;
        for (int first = 0; first < points; first += piece) {
            int length = Math.min(piece, points - first);
            ComplexArray q = ComplexArray.of(length, arrays);
            for (int i = 0; i < length; i++) {
                q.re()[i] = x[(first + i) % x.length];
                q.im()[i] = y[(first + i) / x.length];
            }
            double[] output = iterate(q, maxiter);
            for (int i = 0; i < length; i++) {
                counts[offset + first + i] = (int) output[i];
            }
            arrays.give(output);
        }
        return Tally.of(counts, offset, offset + points, maxiter);
    }

    /** How long each of the points takes to escape; as long as there are iterations for those that never do. */
    private double[] iterate(ComplexArray points, int maxiter) {
        int length = points.length();
        ComplexArray q = points;
        ComplexArray z = ComplexArray.zeros(length, arrays);
        double[] output = arrays.take(length);
        Arrays.fill(output, 0, length, maxiter);
        boolean[] done = new boolean[length];
        for (int n = 0; n < maxiter; n++) {
            ComplexArray square = z.times(z);
            z.free();
            z = square.plus(q);
            square.free();
            double[] modulus = z.modulus();
            greater(modulus, 2, done);
            arrays.give(modulus);
            ComplexArray left = q.zeroWhere(done);
            q.free();
            q = left;
            ComplexArray going = z.zeroWhere(done);
            z.free();
            z = going;
            double[] next = where(done, n, output);
            arrays.give(output);
            output = next;
        }
        q.free();
        z.free();
        return output;
    }

    private static void greater(double[] values, double limit, boolean[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i] > limit;
        }
    }

    private double[] where(boolean[] mask, double value, double[] otherwise) {
        double[] out = arrays.take(mask.length);
        for (int i = 0; i < mask.length; i++) {
            out[i] = mask[i] ? value : otherwise[i];
        }
        return out;
    }
}
