package ghostrow.many;

import java.util.ArrayList;
import java.util.List;

/**
 * What one start of the job has to do, the longest first: what begins last should be over soon, or one worker would go
 * on while all others have no more to do.
 *
 * @param start the how manieth it is
 * @param order the pieces, in the order in which they are dealt
 * @param costs what each piece is expected to take, by its own number; 0 of one that nothing is to be done about
 */
record Plan(int start, int[] order, double[] costs, int[] attempts) {
    /** Of a piece that nothing is to be done about; else a word says how often it has been begun. */
    private static final long OVER = -1;

    /**
     * What the first rank tells all others.
     *
     * @param again whether what has failed is to be tried again
     */
    static long[] words(Account account, boolean again) {
        long[] words = new long[account.items() + 1];
        words[0] = account.starts() + 1L;
        for (int item = 0; item < account.items(); item++) {
            State state = account.state(item);
            boolean over = state == State.done || state == State.failed && !again;
            words[item + 1] = over ? OVER : account.attempts(item);
        }
        return words;
    }

    static boolean isOpen(long[] words, int item) {
        return words[item + 1] != OVER;
    }

    static Plan of(long[] words, double[] costs) {
        int items = words.length - 1;
        int[] attempts = new int[items];
        List<Integer> open = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            if (isOpen(words, item)) {
                attempts[item] = (int) words[item + 1];
                open.add(item);
            }
        }
        // Stable, so that all ranks agree on the order of what costs the same.
        open.sort((a, b) -> Double.compare(costs[b], costs[a]));
        return new Plan((int) words[0], open.stream().mapToInt(Integer::intValue).toArray(), costs, attempts);
    }
}
