package ghostrow.study.scale.predict;

/**
 * What a run has to do.
 *
 * @param period    the steps after which a pass ends in any case, for a report is due
 * @param snapshots how many fields are written
 * @param rollCalls whether the ranks ask each other, about twenty times a second, whether to go on
 */
public record Problem(long rows, long columns, long steps, long period, long snapshots, boolean rollCalls) {

    /** Cell updates that count, whoever computes some of them twice. */
    public double points() {
        return (double) rows * columns * steps;
    }

    public double bytes() {
        return (double) rows * columns * Double.BYTES;
    }
}
