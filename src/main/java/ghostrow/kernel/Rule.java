package ghostrow.kernel;

/**
 * How a cell's next value follows from its neighbours. The order of the operations is part of the rule: every
 * kernel rounds exactly as {@link #next} does, and fuses a multiply with an add only where the product is exact.
 */
public sealed interface Rule {

    double next(double centre, double up, double down, double left, double right);

    /** Additions a point, one fused with a product among them or not. */
    int additions();

    /**
     * One explicit Euler step of the diffusion equation.
     *
     * @param factor D/dx² times dt
     */
    record Diffusion(double factor) implements Rule {
        @Override
        public double next(double centre, double up, double down, double left, double right) {
            double laplacian = down + up + right + left - 4 * centre;
            return centre + factor * laplacian;
        }

        @Override
        public int additions() {
            return 5;
        }
    }

    /** The average of a cell and its four neighbours. */
    record Jacobi() implements Rule {
        @Override
        public double next(double centre, double up, double down, double left, double right) {
            return 0.2 * (centre + left + right + up + down);
        }

        @Override
        public int additions() {
            return 4;
        }
    }
}
