package ghostrow.app.curve;

import java.math.BigDecimal;
import java.math.MathContext;

/** The curve whose area is known: what auc integrates where nothing else is asked for. */
final class PublishedCurve {
    static final String TEXT = "0.7*x**3 - 2*x**2 + 4";
    static final long POINTS = 300_000_000;

    private PublishedCurve() {
    }

    /** The area under it, rounded once. */
    static double area(double from, double to) {
        return antiderivative(to).subtract(antiderivative(from)).divide(BigDecimal.valueOf(120), MathContext.DECIMAL128)
                .doubleValue();
    }

    /** 120 times 0.7/4 x^4 - 2/3 x^3 + 4 x. */
    private static BigDecimal antiderivative(double at) {
        BigDecimal x = new BigDecimal(at);
        return x.pow(4).multiply(BigDecimal.valueOf(21)).subtract(x.pow(3).multiply(BigDecimal.valueOf(80)))
                .add(x.multiply(BigDecimal.valueOf(480)));
    }
}
