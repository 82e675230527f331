package ghostrow.formula;

/**
 * What the operators and functions mean for one element, as in NumPy. Everything here is the same bits
 * on every machine: StrictMath and plain arithmetic only.
 */
final class Functions {
    private static final double TINY = 0x1p-28;
    private static final double LARGE = 0x1p28;
    private static final double LOG_2 = 0.6931471805599453;

    private Functions() {
    }

    static boolean lt(double a, double b) {
        return a < b;
    }

    static boolean le(double a, double b) {
        return a <= b;
    }

    static boolean eq(double a, double b) {
        return a == b;
    }

    static boolean ne(double a, double b) {
        return a != b;
    }

    static boolean ge(double a, double b) {
        return a >= b;
    }

    static boolean gt(double a, double b) {
        return a > b;
    }

    static boolean lt(long a, long b) {
        return a < b;
    }

    static boolean le(long a, long b) {
        return a <= b;
    }

    static boolean eq(long a, long b) {
        return a == b;
    }

    static boolean ne(long a, long b) {
        return a != b;
    }

    static boolean ge(long a, long b) {
        return a >= b;
    }

    static boolean gt(long a, long b) {
        return a > b;
    }

    static double where(boolean condition, double a, double b) {
        return condition ? a : b;
    }

    static long where(boolean condition, long a, long b) {
        return condition ? a : b;
    }

    static boolean where(boolean condition, boolean a, boolean b) {
        return condition ? a : b;
    }

    /** The remainder has the sign of the divisor. */
    static double mod(double a, double b) {
        double rest = a % b;
        if (b == 0) {
            return rest;
        }
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return b < 0 != rest < 0 ? rest + b : rest;
    }

    static long mod(long a, long b) {
        return b == 0 ? 0 : Math.floorMod(a, b);
    }

    static double power(double a, double b) {
        // C and NumPy say 1 where Java says NaN.
        if (a == 1 || a == -1 && Double.isInfinite(b)) {
            return 1;
        }
        return StrictMath.pow(a, b);
    }

    /** By squaring, wrapping as multiplication does; there is no integer for a negative power. */
    static long power(long a, long b) {
        if (b < 0) {
            throw new ArithmeticException("an integer to the negative power " + b
                + " is no integer; write 1.0*base to compute in doubles");
        }
        long result = 1;
        long square = a;
        for (long rest = b; rest != 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    /** A count that is negative or above 63 shifts every bit out. */
    static long shiftLeft(long a, long count) {
        return count >= 0 && count < 64 ? a << count : 0;
    }

    static long shiftRight(long a, long count) {
        return a >> (count >= 0 && count < 64 ? count : 63);
    }

    static double sin(double x) {
        return StrictMath.sin(x);
    }

    static double cos(double x) {
        return StrictMath.cos(x);
    }

    static double tan(double x) {
        return StrictMath.tan(x);
    }

    static double arcsin(double x) {
        return StrictMath.asin(x);
    }

    static double arccos(double x) {
        return StrictMath.acos(x);
    }

    static double arctan(double x) {
        return StrictMath.atan(x);
    }

    static double arctan2(double y, double x) {
        return StrictMath.atan2(y, x);
    }

    static double sinh(double x) {
        return StrictMath.sinh(x);
    }

    static double cosh(double x) {
        return StrictMath.cosh(x);
    }

    static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    static double log(double x) {
        return StrictMath.log(x);
    }

    static double log10(double x) {
        return StrictMath.log10(x);
    }

    static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    static double exp(double x) {
        return StrictMath.exp(x);
    }

    static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    // The inverse hyperbolic functions are not in StrictMath. Each is a logarithm arranged so that
    // nothing cancels: log1p near zero, and log(x) + log(2) where x*x would overflow.

    static double arcsinh(double x) {
        double a = Math.abs(x);
        if (!(a >= TINY) || Double.isInfinite(a)) {
            return x;
        }
        double result;
        if (a > LARGE) {
            result = StrictMath.log(a) + LOG_2;
        } else if (a > 2) {
            result = StrictMath.log(2 * a + 1 / (StrictMath.sqrt(a * a + 1) + a));
        } else {
            result = StrictMath.log1p(a + a * a / (1 + StrictMath.sqrt(1 + a * a)));
        }
        return Math.copySign(result, x);
    }

    static double arccosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        if (x > LARGE) {
            return StrictMath.log(x) + LOG_2;
        }
        if (x > 2) {
            return StrictMath.log(2 * x - 1 / (x + StrictMath.sqrt(x * x - 1)));
        }
        double above = x - 1;
        return StrictMath.log1p(above + StrictMath.sqrt(2 * above + above * above));
    }

    static double arctanh(double x) {
        double a = Math.abs(x);
        if (a < TINY) {
            return x;
        }
        double twice = a + a;
        double result = a < 0.5
            ? 0.5 * StrictMath.log1p(twice + twice * a / (1 - a))
            : 0.5 * StrictMath.log1p(twice / (1 - a));
        return Math.copySign(result, x);
    }
}
