package ghostrow.explain;

import java.util.List;

/** A little of everything, for what is said of bytecode: each line costs what stands behind it. */
public final class Sample {
    private double last;

    public double sum(List<Double> boxed, double[] plain, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) { // 1
            sum += boxed.get(i); // 4
            sum += plain[i]; // 2
            sum += half(i); // 3
            for (int k = 0; k < i; k++) { // 1
                sum = sum * k + 0.5; // 1
            }
            last = sum; // 2
            sum += SampleHelper.third(sum); // 3
        }
        return sum;
    }

    private static double half(int i) {
        double half = i; // 1
        return half / 2; // 1
    }

    /** Called in no loop and without one: of no interest. */
    public double last() {
        double twice = 2 * last;
        return twice / 2;
    }
}
