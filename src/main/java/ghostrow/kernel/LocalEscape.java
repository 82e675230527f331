package ghostrow.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The same lists of objects, but what the inner loop looks up again and again is looked up once, before it, and kept in
 * local variables. A list is asked twice a point instead of four times an iteration.
 */
final class LocalEscape implements Escape {

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        List<Complex> q = new ArrayList<>();
        List<Integer> output = new ArrayList<>();
        for (int i = from; i < to; i++) {
            q.add(new Complex(x[i], y));
            output.add(maxiter);
        }
        for (int i = 0; i < q.size(); i++) {
            Complex here = q.get(i);
            Complex z = Complex.ZERO;
            for (int n = 0; n < maxiter; n++) {
                z = z.times(z).plus(here);
                if (z.modulus() > 2) {
                    output.set(i, n);
                    break;
                }
            }
        }
        for (int i = from; i < to; i++) {
            counts[i] = output.get(i - from);
        }
        return Tally.of(counts, from, to, maxiter);
    }
}
