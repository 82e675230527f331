package ghostrow.grid;

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
    private GhostDepth() {
    }

    /**
     * @param ofKernel      what suits the kernel, the least
     * @param most          what the strips allow
     * @param secondsOfARow to compute a row once
     */
    public static int of(Link link, int ofKernel, long most, int ranks, double secondsOfARow) {
        int neighbours = Math.min(2, ranks - 1);
        double best = Math.sqrt(2 * link.latency() / (neighbours * secondsOfARow));
        return (int) Math.clamp(Math.round(best), Math.min(ofKernel, most), most);
    }
}
