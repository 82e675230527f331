package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.Content;
import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.data.Element;
import ghostrow.data.SnapshotReader;
import ghostrow.data.picture.PictureFiles;
import ghostrow.grid.Field;
import ghostrow.run.OutputOptions;
import ghostrow.run.StopSignals;
import ghostrow.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a diffusion finds in its folder when it begins, and what it leaves there. */
final class DiffusionFiles {
    private final OutputOptions output;
    private final DiffusionParameters physics;
    private final DiffusionPlan plan;
    private final Schedule schedule;
    private final Start start;
    private final String command;
    private final StopSignals signals;
    private final double checkpointEvery;

    /** @param checkpointEvery seconds; 0 for a checkpoint only when stopped */
    DiffusionFiles(OutputOptions output, DiffusionParameters physics, DiffusionPlan plan, Schedule schedule,
            Start start, String command, StopSignals signals, double checkpointEvery) {
        this.output = output;
        this.physics = physics;
        this.plan = plan;
        this.schedule = schedule;
        this.start = start;
        this.command = command;
        this.signals = signals;
        this.checkpointEvery = checkpointEvery;
    }

    Path snapshots() {
        return output.folder.resolve("diffusion.vtkhdf");
    }

    boolean keepsSnapshots() {
        return schedule.kept().length > 0;
    }

    String summary() {
        return keepsSnapshots() ? schedule.kept().length + " in " + snapshots() : "none";
    }

    Start start() {
        return start;
    }

    /** Refuses a folder whose files the run could not go on with, or would destroy. */
    void check() throws IOException {
        if (output.restart) {
            Resume.check(snapshots(), output.folder, schedule, content());
        }
        output.check(snapshots(), keepsSnapshots());
    }

    /** What a run begins with: how many steps are behind its field, and whether its snapshot file is there already. */
    record Begun(long step, boolean laidOut, Checkpoints checkpoints) {
    }

    /** Fills the field. Collective. */
    Begun load(Comm comm, Field field) throws IOException {
        Runnable fill = () -> start.fill(field, physics.x1(), physics.x2());
        Checkpoints checkpoints = new Checkpoints(comm, output.folder);
        if (!output.restart) {
            fill.run();
            if (comm.rank() == 0) {
                Checkpoints.remove(output.folder);
            }
            return new Begun(0, false, checkpoints);
        }
        Resume resume = Resume.agreed(comm, snapshots(), output.folder, schedule, content());
        Resume.Place place = resume.load(comm, snapshots(), checkpoints, field, fill);
        if (comm.rank() == 0) {
            System.out.println(place.source() == Resume.Source.START
                    ? "nothing to go on with in " + output.folder + ": starting from the beginning"
                    : "going on after step " + place.step() + " of " + plan.nsteps());
        }
        return new Begun(place.step(), resume.laidOut(), checkpoints);
    }

    Reports reports(Comm comm, Begun begun) throws IOException {
        return new Reports(comm, schedule, keepsSnapshots() ? snapshotFile(comm, begun.laidOut) : null,
                begun.checkpoints, start.with(physics.physics()),
                new RollCall(comm, signals, checkpointEvery, begun.step));
    }

    private Snapshots snapshotFile(Comm comm, boolean laidOut) throws IOException {
        return laidOut ? Snapshots.resume(comm, snapshots(), content())
                : Snapshots.create(comm, snapshots(), content(), output.force);
    }

    /** What the snapshot file is laid out for; the first cell lies at x1, as published. */
    private Content content() {
        return new Content("density", Element.FLOAT64, plan.nrows(), plan.nrows(),
                keepsSnapshots() ? schedule.times() : null,
                physics.x1(), physics.x1(), plan.dx(), plan.dx(), start.with(physics.physics()),
                Map.of("app", "diffusion", "command", command, Start.NAME, start.toString()));
    }

    /** Draws all snapshots. */
    void draw() throws IOException {
        if (keepsSnapshots()) {
            try (SnapshotReader reader = SnapshotReader.open(snapshots())) {
                System.out.printf("%-10s %d frames, %s%n", "pictures", reader.complete(),
                        PictureFiles.drawAll(reader));
            }
        }
    }

    /** The run is complete and needs no checkpoint any more. One rank does this. */
    void complete() throws IOException {
        Checkpoints.remove(output.folder);
    }
}
