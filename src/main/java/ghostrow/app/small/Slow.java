package ghostrow.app.small;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.run.App;
import ghostrow.run.Choice;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A program with a slow spot in it, to be found by profiling, and mended. */
public final class Slow implements App {
    private static final int MOST = 20_000;

    private String spot;
    private int size = 1000;
    private int steps = 500;
    private double pause = 2;
    private boolean mended;
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> commandLine;

    public Slow(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("A hot plate as a beginner might write it, with a slow spot to be found with --profile.");
        options.footer("Which of its lines are slow is not said here: docs/profiling.md goes through them.");
        options.takes("SPOT", String.class, value -> spot = value, "Which one: " + String.join(", ", names()) + ".");
        options.option("--size", "N", Integer.class, value -> size = value, "Rows and columns (default " + size + ").");
        options.option("--steps", "N", Integer.class, value -> steps = value, "Steps (default " + steps + ").");
        options.option("--pause", "MS", Double.class, value -> pause = value,
                "How long a step's pause is, where there is one (default " + pause + ").");
        options.flag("--mended", on -> mended = on, "The same without the slow spot.");
        spmd.declare(options);
        record.declare(options);
    }

    private static List<String> names() {
        return Arrays.stream(BeginnersPlate.Spot.values()).map(Enum::name).toList();
    }

    @Override
    public Integer call() throws IOException {
        BeginnersPlate.Spot which = Choice.of("SPOT", spot, List.of(BeginnersPlate.Spot.values()), Enum::name);
        if (steps < 1) {
            throw new InputException("--steps " + steps + ": at least 1 is needed");
        }
        if (!(pause >= 0 && pause <= 1000)) {
            throw new InputException("--pause " + pause + ": between 0 and 1000 ms are possible");
        }
        Job job = Job.of(spmd, commandLine);
        if (size < job.ranks() || size > MOST) {
            throw new InputException("--size " + size + ": between " + job.ranks() + ", a row a rank, and " + MOST
                    + " are possible");
        }
        job.checkOnce(record::check);
        job.run(comm -> rank(comm, job, mended ? null : which));
        return 0;
    }

    private void rank(Comm comm, Job job, BeginnersPlate.Spot which) throws IOException {
        Phases phases = new Phases(comm);
        try (BeginnersPlate plate = new BeginnersPlate(comm, size, which, pause)) {
            phases.begin(comm, Phase.STEP);
            for (int step = 0; step < steps; step++) {
                phases.enter(Phase.EXCHANGE);
                plate.exchange();
                phases.enter(Phase.STEP);
                plate.step();
            }
            phases.enter(Phase.TOTALS);
            double heat = comm.allreduce(Comm.Op.SUM, plate.heat());
            phases.enter(Phase.CLOSING);
            Closing closing = new Closing("slow", comm, job, 1, spot, 0, phases, record);
            if (comm.rank() == 0) {
                closing.line("plate", "%d x %d, %d steps%s", size, size, steps, mended ? ", mended" : "").ranksLine().timesLine()
                        .line("heat", "%.6f", heat).print();
                closing.with("heat", heat).write();
            }
        }
    }
}
