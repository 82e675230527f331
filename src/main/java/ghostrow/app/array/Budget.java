package ghostrow.app.array;

import ghostrow.data.InputException;
import ghostrow.run.ByteCount;

/** The memory that a rank may take for what it holds of an array. */
record Budget(String text, long bytes, int threads) {

    static Budget of(String text, int threads) {
        return new Budget(text, ByteCount.parse("--memory", text), threads);
    }

    String option() {
        return "--memory " + text;
    }

    /** Bytes for each thread, beside what the results of all blocks take; refuses to have fewer than {@code least}. */
    long eachThread(long least, long elements) {
        // A rank's own, and those of all at the first.
        long results = 2 * new Blocks(elements).count() * Partials.BYTES;
        long each = (bytes - results) / threads;
        if (each < least) {
            throw new InputException(option() + ": is too little; " + threads + (threads == 1 ? " thread takes" : " threads take")
                    + " at least " + (least * threads + results) + " bytes");
        }
        return each;
    }
}
