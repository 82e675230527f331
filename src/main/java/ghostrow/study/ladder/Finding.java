package ghostrow.study.ladder;

import ghostrow.study.Row;
import ghostrow.study.Spread;

/** What is known of a step in the end. */
sealed interface Finding {
    Step step();

    /**
     * Its time.
     *
     * @param seconds  for the whole problem
     * @param runs     how many of them there were
     * @param scaled   whether they were of a smaller case, from which the whole's seconds are worked out
     * @param value    what came out, the same as the reference's
     * @param checked  whether the reference has done that case too; a smaller one it has
     * @param allTheWork whether it has done all the work, not skipped what can be known without
     * @param run      one of the runs
     */
    record Timed(Step step, Spread seconds, int runs, boolean scaled, String value, boolean checked, boolean allTheWork,
            Row run) implements Finding {
    }

    /** It has found something else than the reference, and so no time of its counts. */
    record Wrong(Step step, String value, String expected, Row run) implements Finding {
    }

    /** It cannot run here. */
    record Absent(Step step, String reason) implements Finding {
    }
}
