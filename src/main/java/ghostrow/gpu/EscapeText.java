package ghostrow.gpu;

import ghostrow.kernel.Escape;

/**
 * The loop over iterations in OpenCL C, in three styles. All do the arithmetic of the definition in its order, so that
 * the counts are its counts. Whether |z| is above 2, the definition asks the modulus, which no device computes to the
 * last bit; so a point that comes within a margin of the circle is doubtful, and the host counts it again.
 *
 * <pre>
 *   counts[i]   -1            doubtful
 *               n below to    the iteration after which it escaped
 *               to            still inside after the first {@code to} iterations: the next launch goes on from there
 * </pre>
 */
public enum EscapeText {
    /** Groups of iterations without a test between. */
    GROUPS(Parts.BEGIN + """
                int n = from;
                /* From |z| >= 2 on, |z*z + q| >= |z|*|z| - |q| only grows, to
                   infinity or to NaN, unless |q| is 2 to within rounding. So a
                   look at the last of 8 iterations tells whether one of them came
                   near the circle; they are then done once more, each tested. */
                if (fabs(qx * qx + qy * qy - 4) > 0x1p-20) {
                    for (; to - n >= 8; n += 8) {
                        double re0 = re, im0 = im;
                        ITERATE ITERATE ITERATE ITERATE
                        ITERATE ITERATE ITERATE ITERATE
                        if (!(re * re + im * im < SURELY_INSIDE)) {
                            re = re0;
                            im = im0;
                            break;
                        }
                    }
                }
                int count = to;
                for (; n < to; n++) {
            """ + Parts.END),

    /** The loop as anyone would write it for one point. */
    ELEMENT(Parts.BEGIN + """
                int count = to;
                for (int n = from; n < to; n++) {
            """ + Parts.END),

    /** An operation a launch. */
    ARRAY("""
            /* Every operation is a launch over all points: its result goes to memory. */
            kernel void start(int points, global const double *x,
                    global const double *y, int columns, global double *qRe,
                    global double *qIm, global double *re, global double *im,
                    int maxiter, global int *counts) {
                int i = get_global_id(0);
                if (i < points) {
                    qRe[i] = x[i % columns];
                    qIm[i] = y[i / columns];
                    re[i] = im[i] = 0;
                    counts[i] = maxiter;
                }
            }
            kernel void times(int points, global const double *aRe,
                    global const double *aIm, global const double *bRe,
                    global const double *bIm, global double *re, global double *im) {
                int i = get_global_id(0);
                if (i < points) {
                    re[i] = aRe[i] * bRe[i] - aIm[i] * bIm[i];
                    im[i] = aRe[i] * bIm[i] + aIm[i] * bRe[i];
                }
            }
            kernel void plus(int points, global const double *aRe,
                    global const double *aIm, global const double *bRe,
                    global const double *bIm, global double *re, global double *im) {
                int i = get_global_id(0);
                if (i < points) {
                    re[i] = aRe[i] + bRe[i];
                    im[i] = aIm[i] + bIm[i];
                }
            }
            kernel void square(int points, global const double *re,
                    global const double *im, global double *out) {
                int i = get_global_id(0);
                if (i < points) {
                    out[i] = re[i] * re[i] + im[i] * im[i];
                }
            }
            kernel void greater(int points, global const double *square,
                    global char *out) {
                int i = get_global_id(0);
                if (i < points) {
                    out[i] = square[i] < SURELY_INSIDE ? 0
                            : square[i] > SURELY_OUTSIDE ? 1 : 2;
                }
            }
            kernel void zeroWhere(int points, global const char *mask,
                    global const double *aRe, global const double *aIm,
                    global double *re, global double *im) {
                int i = get_global_id(0);
                if (i < points) {
                    re[i] = mask[i] ? 0 : aRe[i];
                    im[i] = mask[i] ? 0 : aIm[i];
                }
            }
            kernel void where(int points, global const char *mask, int n,
                    global const int *otherwise, global int *out) {
                int i = get_global_id(0);
                if (i < points) {
                    out[i] = mask[i] == 0 ? otherwise[i] : mask[i] == 1 ? n : DOUBTFUL;
                }
            }
            """);

    /** What the two loops over a point have in common. */
    private static final class Parts {
        static final String BEGIN = """
            /* Iterations from up to but not including to, of one point an item. */
            kernel void escape(global const double *x, global const double *y,
                    int columns, int points, int from, int to,
                    global double *lastRe, global double *lastIm,
                    global int *counts, global int *inside) {
                int i = get_global_id(0);
                if (i >= points || (from > 0 && counts[i] != from)) {
                    return;
                }
                double qx = x[i % columns], qy = y[i / columns];
                double re = from > 0 ? lastRe[i] : 0;
                double im = from > 0 ? lastIm[i] : 0;
            """;
        static final String END = """
                    ITERATE
                    double square = re * re + im * im;
                    if (!(square < SURELY_INSIDE)) {
                        count = square > SURELY_OUTSIDE ? n : DOUBTFUL;
                        break;
                    }
                }
                counts[i] = count;
                if (count == to) {
                    lastRe[i] = re;
                    lastIm[i] = im;
                    *inside = 1; /* Whoever writes it, writes the same. */
                }
            }
            """;
    }

    /** In counts: whether it has escaped, rounding may have decided. */
    static final int DOUBTFUL = -1;

    /** What all of them mean by their names. */
    private static final String WORDS = """
            #define SURELY_INSIDE %s
            #define SURELY_OUTSIDE %s
            #define DOUBTFUL (%d)
            """.formatted(Double.toHexString(Escape.SURELY_INSIDE), Double.toHexString(Escape.SURELY_OUTSIDE),
                    DOUBTFUL);
    private static final String ITERATE = """
            #define ITERATE { double next = re * re - im * im + qx; \
                    im = re * im + im * re + qy; re = next; }
            """;

    private final String kernels;

    EscapeText(String kernels) {
        this.kernels = kernels;
    }

    /** All of it, as the driver's compiler gets it below the lines of {@link Program}. */
    public String text() {
        return WORDS + (this == ARRAY ? "" : ITERATE) + "\n" + kernels;
    }
}
