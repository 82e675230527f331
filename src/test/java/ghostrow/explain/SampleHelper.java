package ghostrow.explain;

/** Another class beside {@link Sample}. */
final class SampleHelper {
    private SampleHelper() {
    }

    static double third(double value) {
        return value / 3 + 1e-300;
    }
}
