package ghostrow.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What an interpreted, dynamic language does: every complex number and every count is an object of its own in a list,
 * and is looked up there each time that it is needed. No line is slow by itself; there are just so many of them behind
 * each iteration.
 */
final class BoxedEscape implements Escape {

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        List<Complex> q = new ArrayList<>();
        List<Complex> z = new ArrayList<>();
        List<Integer> output = new ArrayList<>();
        for (int i = from; i < to; i++) {
            q.add(new Complex(x[i], y));
            z.add(Complex.ZERO);
            output.add(maxiter);
        }
        for (int i = 0; i < q.size(); i++) {
            for (int n = 0; n < maxiter; n++) {
                z.set(i, z.get(i).times(z.get(i)).plus(q.get(i)));
                if (z.get(i).modulus() > 2) {
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
