package ghostrow.app.diffusion;

import ghostrow.data.DiffusionPlan;
import ghostrow.data.InputException;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Which steps report, and which reports leave a snapshot. Report r comes after step r * {@code nper}; report 0 shows
 * the start.
 *
 * @param kept the reports whose fields are kept, in order
 */
record Schedule(DiffusionPlan plan, long[] kept) {

    /** More than anyone wants; every one of them has a time, which is held in memory. */
    private static final long MOST = 1 << 20;

    /** @param snapshots every, last, none, or a number: every so many reports */
    static Schedule of(DiffusionPlan plan, String snapshots) {
        long reports = plan.reports();
        return new Schedule(plan, switch (snapshots) {
            case "every" -> everySoMany(reports, 1);
            case "last" -> new long[] {reports - 1};
            case "none" -> new long[0];
            default -> everySoMany(reports, number(snapshots));
        });
    }

    private static long[] everySoMany(long reports, long every) {
        long kept = Math.ceilDiv(reports, every);
        if (kept > MOST) {
            throw new InputException("outtime makes " + kept + " snapshots; at most " + MOST
                    + " can be kept: choose a larger outtime, or --snapshots last, none or a number");
        }
        return LongStream.range(0, kept).map(k -> k * every).toArray();
    }

    private static long number(String snapshots) {
        try {
            long every = Long.parseLong(snapshots);
            if (every >= 1) {
                return every;
            }
        } catch (NumberFormatException e) {
            // Refused below, with what is possible.
        }
        throw new InputException("--snapshots " + snapshots + ": every, last, none, or a number of reports");
    }

    boolean isReport(long step) {
        return step % plan.nper() == 0;
    }

    /** Steps from here to the next report, or to the end. */
    long toNext(long step) {
        return Math.min(plan.nper() - step % plan.nper(), plan.nsteps() - step);
    }

    /** The number of the snapshot that this step leaves, or a negative number. */
    int snapshot(long step) {
        return isReport(step) ? Arrays.binarySearch(kept, step / plan.nper()) : -1;
    }

    /** How many snapshots the run has left when this step is done. */
    long snapshotsUntil(long step) {
        int found = Arrays.binarySearch(kept, step / plan.nper());
        return found >= 0 ? found + 1 : -found - 1;
    }

    long stepOfSnapshot(long snapshot) {
        return kept[(int) snapshot] * plan.nper();
    }

    /** The times of the snapshots. */
    double[] times() {
        double[] times = plan.reportTimes();
        return Arrays.stream(kept).mapToDouble(report -> times[(int) report]).toArray();
    }
}
