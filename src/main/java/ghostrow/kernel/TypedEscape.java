package ghostrow.kernel;

/**
 * Arrays of numbers in place of lists of objects: the type of an element is known, and nothing has to be found out
 * while the loop runs. The arithmetic is still that of complex numbers, an object for each result.
 */
final class TypedEscape implements Escape {

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        for (int i = from; i < to; i++) {
            Complex q = new Complex(x[i], y);
            Complex z = Complex.ZERO;
            int n = 0;
            while (n < maxiter) {
                z = z.times(z).plus(q);
                if (z.modulus() > 2) {
                    break;
                }
                n++;
            }
            counts[i] = n;
        }
        return Tally.of(counts, from, to, maxiter);
    }
}
