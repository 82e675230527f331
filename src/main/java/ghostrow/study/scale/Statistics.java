package ghostrow.study.scale;

/** How far a figure from a few runs is to be trusted. */
final class Statistics {
    private Statistics() {
    }

    /** How many standard errors a 95 % interval reaches to either side: Student's t for so many degrees of freedom. */
    static double students95(int freedom) {
        double low = 0;
        double high = 20;
        for (int i = 0; i < 60; i++) {
            double t = (low + high) / 2;
            if (within(t, freedom) < 0.95) {
                low = t;
            } else {
                high = t;
            }
        }
        return high;
    }

    /** The probability of -t to t: for whole degrees of freedom a finite sum in the angle with tan = t / sqrt(f). */
    private static double within(double t, int freedom) {
        double angle = Math.atan(t / Math.sqrt(freedom));
        double cos2 = Math.cos(angle) * Math.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? Math.cos(angle) : 1;
        double sum = 0;
        for (int k = odd ? 1 : 0; k <= freedom - 2; k += 2) {
            sum += term;
            term *= cos2 * (k + 1) / (k + 2);
        }
        double part = Math.sin(angle) * sum;
        return odd ? 2 / Math.PI * (angle + part) : part;
    }
}
