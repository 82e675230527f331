package ghostrow.study.ladder;

import ghostrow.study.Row;
import java.util.ArrayList;
import java.util.List;

/** What is known so far of a step that is being measured. */
final class Trial {
    private final Step step;
    private final List<Row> rows = new ArrayList<>();
    private Case reached;
    private double seconds;
    private double around;
    /** Seconds that all of the whole problem's work would take, without what is there once. */
    private double slope;

    Trial(Step step) {
        this.step = step;
    }

    Step step() {
        return step;
    }

    List<Row> rows() {
        return rows;
    }

    void add(Case what, Attempt.Done done) {
        double now = done.row().seconds();
        slope = now / what.share();
        if (reached != null && what.share() > reached.share() && now > seconds) {
            slope = Math.min(slope, (now - seconds) / (what.share() - reached.share()));
        }
        rows.add(done.row());
        reached = what;
        seconds = now;
        around = done.around();
    }

    /** The case it has done last, which is its largest. */
    Case reached() {
        return reached;
    }

    /** What that took. */
    double seconds() {
        return seconds;
    }

    /** What a case should take, from the start of its process to its end. */
    double wall(Case what) {
        return computing(what) + around;
    }

    /**
     * The same without what a process takes besides. Loops are compiled once, in small cases as in large ones: of two
     * cases it is what the larger one takes longer that counts.
     */
    double computing(Case what) {
        return what.share() <= reached.share() ? seconds * what.share() / reached.share()
                : seconds + slope * (what.share() - reached.share());
    }
}
