package ghostrow.grid;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Work cut into pieces, such as rows of a picture, and how workers come by them. All threads of all ranks are workers alike, numbered rank by
 * rank. Every rank cuts the same pieces for itself, so that the number of the next piece is all that workers share.
 *
 * <pre>
 *   block     |  0  |  1  |  2  |  3  |      one piece a worker
 *   cyclic    |0|1|2|3|0|1|2|3|0|1|2|3|      equal pieces in turn
 *   dynamic   |?|?|?|?|?|?|?|?|?|?|?|?|      equal pieces, to whoever is free
 *   guided    |  ?  |  ? | ? |? |?|?|?|      shrinking pieces, to whoever is free
 * </pre>
 *
 * @param starts where each piece begins; the last number is where the last piece ends
 * @param shared whether workers take pieces from a shared counter, or each has its own from the start
 */
public record Deal(int[] starts, boolean shared) {

    public enum Schedule { block, cyclic, dynamic, guided }

    /** Pieces a worker that dynamic dealing makes unless told otherwise: even enough, and rarely asked for. */
    private static final int PIECES_A_WORKER = 64;

    /** @param chunk rows (or what the work is made of) a piece, of guided dealing the fewest; null for a size that suits */
    public static Deal of(Schedule schedule, Integer chunk, int rows, int workers) {
        int even = Math.max(1, rows / workers / PIECES_A_WORKER);
        return switch (schedule) {
            case block -> block(rows, workers);
            case cyclic -> new Deal(equal(rows, chunk == null ? 1 : chunk), false);
            case dynamic -> new Deal(equal(rows, chunk == null ? even : chunk), true);
            case guided -> new Deal(shrinking(rows, chunk == null ? 1 : chunk, workers), true);
        };
    }

    private static Deal block(int rows, int workers) {
        int[] starts = new int[workers + 1];
        for (int worker = 0; worker <= workers; worker++) {
            starts[worker] = (int) ((long) rows * worker / workers);
        }
        return new Deal(starts, false);
    }

    private static int[] equal(int rows, int chunk) {
        int[] starts = new int[Math.ceilDiv(rows, chunk) + 1];
        for (int piece = 0; piece < starts.length; piece++) {
            starts[piece] = (int) Math.min(rows, (long) piece * chunk);
        }
        return starts;
    }

    /** Each piece is half of what would be an even share of the rows that are left. */
    private static int[] shrinking(int rows, int fewest, int workers) {
        int[] starts = new int[rows + 1];
        int pieces = 0;
        while (starts[pieces] < rows) {
            int left = rows - starts[pieces];
            int even = Math.ceilDiv(left, 2 * workers);
            starts[pieces + 1] = starts[pieces] + Math.min(left, Math.max(fewest, even));
            pieces++;
        }
        return Arrays.copyOf(starts, pieces + 1);
    }

    public int pieces() {
        return starts.length - 1;
    }

    /** Rows of the largest piece. */
    public int largest() {
        return IntStream.range(0, pieces()).map(piece -> starts[piece + 1] - starts[piece]).max().orElse(0);
    }
}
