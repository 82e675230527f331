package ghostrow.study.ladder;

import ghostrow.study.Row;

/** What came of a run. */
sealed interface Attempt {

    /**
     * @param row  what it says of itself
     * @param wall seconds of the whole process, seen from outside
     */
    record Done(Row row, double wall) implements Attempt {
        /** What it takes besides its steps. */
        double around() {
            return Math.max(0, wall - row.seconds());
        }
    }

    /**
     * @param refused whether it did not like its words
     * @param reason  the first line of its own
     */
    record Failed(boolean refused, String reason) implements Attempt {
    }
}
