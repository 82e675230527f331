package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.Checkpoint;
import ghostrow.data.Checkpoint.Saved;
import ghostrow.data.Content;
import ghostrow.data.InputException;
import ghostrow.data.SnapshotReader;
import ghostrow.grid.Field;
import ghostrow.run.Agreement;
import ghostrow.run.Agreement.Failed;
import ghostrow.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Where a run may take up again: at a complete snapshot, at a checkpoint, or at its start, which can always be
 * computed anew. The furthest comes first; if its rows turn out to be damaged, the next one will do, and what lay
 * between is computed once more, to the same bits.
 *
 * @param laidOut whether the run's snapshot file is there
 * @param places  the furthest first; the last of them is the start
 */
record Resume(boolean laidOut, List<Place> places) {
    enum Source { START, SNAPSHOT, CHECKPOINT }

    /**
     * @param step  how many steps have been done
     * @param index the snapshot's number, or the checkpoint's serial number
     */
    record Place(Source source, long step, long index) {
        private static final Place START = new Place(Source.START, 0, 0);
    }

    /** Collective. */
    static Resume agreed(Comm comm, Path snapshots, Path folder, Schedule schedule, Content run) throws IOException {
        long[] words = Agreement.fromFirst(comm, 2 + 2 * Checkpoint.SLOTS, () -> {
            Found found = find(snapshots, folder, schedule, run, Resume::report);
            long[] answer = new long[2 + 2 * Checkpoint.SLOTS];
            answer[0] = found.laidOut ? 1 : 0;
            answer[1] = found.complete;
            for (int i = 0; i < found.checkpoints.size(); i++) {
                answer[2 + 2 * i] = found.checkpoints.get(i).step();
                answer[3 + 2 * i] = found.checkpoints.get(i).index();
            }
            return answer;
        });
        List<Place> checkpoints = new ArrayList<>();
        for (int i = 2; i < words.length; i += 2) {
            if (words[i + 1] > 0) {
                checkpoints.add(new Place(Source.CHECKPOINT, words[i], words[i + 1]));
            }
        }
        return new Found(words[0] != 0, words[1], checkpoints).places(schedule);
    }

    /** Refuses files of another run and those that are not what they should be. Changes nothing. */
    static void check(Path snapshots, Path folder, Schedule schedule, Content run) throws IOException {
        find(snapshots, folder, schedule, run, _ -> { });
    }

    private record Found(boolean laidOut, long complete, List<Place> checkpoints) {

        Resume places(Schedule schedule) {
            List<Place> places = new ArrayList<>();
            for (long snapshot = complete - 1; snapshot >= 0; snapshot--) {
                places.add(new Place(Source.SNAPSHOT, schedule.stepOfSnapshot(snapshot), snapshot));
            }
            places.addAll(checkpoints);
            places.sort(Comparator.comparingLong(Place::step).reversed());
            places.add(Place.START);
            return new Resume(laidOut, places);
        }
    }

    private static Found find(Path snapshots, Path folder, Schedule schedule, Content run,
            Consumer<? super InputException> damage) throws IOException {
        boolean keeps = schedule.kept().length > 0;
        boolean laidOut = keeps && Files.exists(snapshots);
        long complete = 0;
        if (laidOut) {
            try (SnapshotReader reader = SnapshotReader.open(snapshots)) {
                requireSame(snapshots, reader.content().parameters(), run.parameters());
                reader.requireSame(run);
                complete = reader.complete();
            }
        }
        List<Place> checkpoints = new ArrayList<>();
        for (Saved saved : Checkpoint.saved(folder, damage::accept)) {
            requireSame(saved.file(), saved.state().parameters(), run.parameters());
            requireSameGrid(saved, run);
            long step = saved.state().step();
            if (keeps && !laidOut) {
                throw new InputException(snapshots + ": is not there, and the snapshots before step " + step
                        + " with it; restart with --snapshots none to go on from " + saved.file());
            }
            if (step > schedule.plan().nsteps()) {
                throw new InputException(saved.file() + ": is of step " + step + ", but this run has "
                        + schedule.plan().nsteps() + "; start afresh with another --out");
            }
            // Snapshots between the last complete one and the checkpoint would be missing for good.
            if (!keeps || schedule.snapshotsUntil(step) <= complete) {
                checkpoints.add(new Place(Source.CHECKPOINT, step, saved.serial()));
            }
        }
        return new Found(laidOut, complete, checkpoints);
    }

    private static void requireSame(Path file, Map<String, Double> then, Map<String, Double> now) {
        for (String name : new TreeMap<>(now).keySet()) {
            if (!now.get(name).equals(then.get(name))) {
                if (name.equals(Start.NAME)) {
                    throw new InputException(file + ": was begun with another --initial; restart with the same, or "
                            + "start afresh with another --out");
                }
                throw new InputException(file + ": was written with " + name + " = " + then.get(name)
                        + ", but this run has " + name + " = " + now.get(name)
                        + "; restart with the same, or start afresh with another --out");
            }
        }
    }

    private static void requireSameGrid(Saved saved, Content run) {
        Checkpoint.State then = saved.state();
        if (then.rows() != run.rows() || then.columns() != run.columns()) {
            throw new InputException(saved.file() + ": holds a grid of " + then.rows() + " x " + then.columns()
                    + " cells, but this run has " + run.rows() + " x " + run.columns()
                    + "; restart with the same, or start afresh with another --out");
        }
    }

    /** Fills the rows of all ranks from the furthest place that is sound; any number of ranks may do so. Collective. */
    Place load(Comm comm, Path snapshots, Checkpoints checkpoints, Field field, Runnable start) throws IOException {
        for (Place place : places) {
            Optional<Failed> failed = Agreement.attempt(comm, () -> {
                switch (place.source) {
                    case START -> start.run();
                    case SNAPSHOT -> Snapshots.read(snapshots, place.index, field);
                    case CHECKPOINT -> checkpoints.read(place.index, field);
                }
            });
            if (failed.isEmpty()) {
                if (place.source == Source.CHECKPOINT) {
                    checkpoints.dependOn(place.index);
                }
                return place;
            }
            if (place.source == Source.START) {
                failed.get().end();
            }
            if (failed.get().why() != null) {
                report(failed.get().why());
            }
        }
        throw new AssertionError("the start is always there");
    }

    private static void report(Exception damage) {
        System.err.println("ghostrow: going back to the state before, since " + damage.getMessage());
    }
}
