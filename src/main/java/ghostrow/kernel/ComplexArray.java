package ghostrow.kernel;

import java.util.Arrays;

/**
 * Complex numbers with arithmetic on all of them at once, as NumPy has it: every operation walks from end to end through
 * what it is given, and leaves arrays of its own.
 *
 * @param arrays where results come from and go back to
 */
record ComplexArray(double[] re, double[] im, int length, FreeArrays arrays) {

    /** Numbers that are anything. */
    static ComplexArray of(int length, FreeArrays arrays) {
        return new ComplexArray(arrays.take(length), arrays.take(length), length, arrays);
    }

    static ComplexArray zeros(int length, FreeArrays arrays) {
        ComplexArray out = of(length, arrays);
        Arrays.fill(out.re, 0, length, 0);
        Arrays.fill(out.im, 0, length, 0);
        return out;
    }

    ComplexArray plus(ComplexArray other) {
        ComplexArray out = of(length, arrays);
        for (int i = 0; i < length; i++) {
            out.re[i] = re[i] + other.re[i];
            out.im[i] = im[i] + other.im[i];
        }
        return out;
    }

    ComplexArray times(ComplexArray other) {
        ComplexArray out = of(length, arrays);
        for (int i = 0; i < length; i++) {
            out.re[i] = re[i] * other.re[i] - im[i] * other.im[i];
            out.im[i] = re[i] * other.im[i] + im[i] * other.re[i];
        }
        return out;
    }

    double[] modulus() {
        double[] out = arrays.take(length);
        for (int i = 0; i < length; i++) {
            out[i] = Math.hypot(re[i], im[i]);
        }
        return out;
    }

    /** Zero in some places, these numbers in the others. */
    ComplexArray zeroWhere(boolean[] mask) {
        ComplexArray out = of(length, arrays);
        for (int i = 0; i < length; i++) {
            out.re[i] = mask[i] ? 0 : re[i];
            out.im[i] = mask[i] ? 0 : im[i];
        }
        return out;
    }

    /** Nobody needs it any more. */
    void free() {
        arrays.give(re);
        arrays.give(im);
    }
}
