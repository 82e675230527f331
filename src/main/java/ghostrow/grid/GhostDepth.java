package ghostrow.grid;

import ghostrow.kernel.Stencil;

/**
 * How many ghost rows a side pay best between machines. With k of them messages come every k steps, but each neighbour
 * costs (k - 1) / 2 rows a step that are computed twice:
 *
 * <pre>
 *   seconds a step (k) = (latency + k rows / bandwidth) / k + neighbours (k - 1) / 2 rows computed
 *
 *   the least is at k = sqrt(2 latency / (neighbours * seconds to compute a row))
 * </pre>
 */
public final class GhostDepth {
    /** As many as anyone may have. */
    public static final int MOST = 1024;

    private static final int DEEP = 16;

    /** About what a thread takes; the depth goes by the root of it. */
    private static final double SECONDS_A_POINT_BY_VECTORS = 3e-10;
    private static final double SECONDS_A_POINT = 1.5e-9;

    private GhostDepth() {
    }

    /**
     * What suits the kernel, as far as the strip is thick enough; all there is to it on one machine.
     *
     * @param strip rows of the thinnest
     */
    public static int ofKernel(Stencil kernel, Exchange exchange, long strip, int threads, long columns) {
        int best = kernel.bestSteps(Strip.thinnest(strip, threads), columns);
        return Math.clamp(strip, 1, exchange == Exchange.deep ? Math.max(best, DEEP) : best);
    }

    public static double secondsOfARow(long columns, boolean vectors, int threads) {
        return columns * (vectors ? SECONDS_A_POINT_BY_VECTORS : SECONDS_A_POINT) / threads;
    }

    /**
     * @param latency       seconds of an exchange of next to nothing
     * @param ofKernel      what suits the kernel, the least
     * @param strip         rows of the thinnest
     * @param secondsOfARow to compute a row once
     */
    public static int of(double latency, int ofKernel, long strip, int ranks, double secondsOfARow) {
        long most = Math.min(MOST, strip);
        int neighbours = Math.min(2, ranks - 1);
        double best = Math.sqrt(2 * latency / (neighbours * secondsOfARow));
        return (int) Math.clamp(Math.round(best), Math.min(ofKernel, most), most);
    }
}
