package ghostrow.kernel;

/** A complex number as an object, which never changes: every operation makes another. */
record Complex(double re, double im) {

    static final Complex ZERO = new Complex(0, 0);

    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    double modulus() {
        return Math.hypot(re, im);
    }
}
