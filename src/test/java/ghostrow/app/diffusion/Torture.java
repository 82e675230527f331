package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Checkpoint;
import ghostrow.data.Checkpoint.Saved;
import ghostrow.data.DamageException;
import ghostrow.data.SnapshotBytes;
import ghostrow.data.SnapshotReader;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills one run after the other at random moments, damages a checkpoint now and then, and goes on by --restart until
 * the run ends: {@code make torture}. Nothing that was complete may be lost, no restart may fail, and the end has the
 * bits of a run that nobody disturbed.
 */
class Torture {
    private static final int KILLS = Integer.getInteger("ghostrow.kills", 200);
    private static final long SEED = Long.getLong("ghostrow.seed", System.nanoTime());
    private static final long LIMIT_SECONDS = 120;
    private static final List<String> CASE = List.of("--set", "dx=0.04", "--set", "runtime=8", "--set", "outtime=0.24",
            "--kernel", "plain", "--ghosts", "8");
    private static final long STEPS_A_SNAPSHOT = 600;
    private static final int SNAPSHOTS = 34;
    private static final Pattern GOING_ON = Pattern.compile("going on after step (\\d+) of ");

    private enum Victim { LAUNCHER, ONE_RANK, ALL_RANKS }

    private final Random random = new Random(SEED);
    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    private int damaged;
    private int restarts;
    private int completed;
    private long startMillis = 1000;

    /** What is on the disk, read whole. */
    private record State(long snapshots, long checkpointStep) {
        long step() {
            return Math.max(checkpointStep, snapshots == 0 ? 0 : (snapshots - 1) * STEPS_A_SNAPSHOT);
        }
    }

    @Test
    void nothingIsEverLost(@TempDir Path parent) throws Exception {
        List<Setting> settings = Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ)
                .filter(setting -> setting.obstacle().isEmpty()).toList();
        System.out.println("torture: " + KILLS + " kills on " + settings + ", seed " + SEED);
        Path reference = Files.createDirectory(parent.resolve("reference"));
        Program.Outcome outcome = awaitEnd(Program.start(words(reference, "--digest", "--json", "-")));
        assertEquals(0, outcome.code(), outcome.toString());
        Object digest = outcome.record().get("digest");
        Path whole = reference.resolve("diffusion.vtkhdf");

        while (killed() < KILLS) {
            Path folder = Files.createTempDirectory(parent, "run");
            torture(folder, whole, digest, settings);
            completed++;
            Files.delete(folder.resolve("diffusion.vtkhdf"));
            try (Stream<Path> left = Files.list(folder)) {
                assertEquals(List.of(), left.toList());
            }
        }
        System.out.printf("torture: %d kills (launcher %d, one rank %d, all ranks %d), a checkpoint damaged after %d of "
                + "them, %d restarts, %d runs completed, lost 0 (seed %d)%n", killed(),
                kills.getOrDefault(Victim.LAUNCHER, 0), kills.getOrDefault(Victim.ONE_RANK, 0),
                kills.getOrDefault(Victim.ALL_RANKS, 0), damaged, restarts, completed, SEED);
    }

    private int killed() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String[] words(Path folder, String... more) {
        List<String> words = new ArrayList<>(List.of("diffusion", "--out", folder.toString()));
        words.addAll(CASE);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** One run, killed again and again, until it ends. */
    private void torture(Path folder, Path whole, Object digest, List<Setting> settings) throws Exception {
        State before = new State(0, 0);
        while (true) {
            Setting setting = settings.get(random.nextInt(settings.size()));
            int ranks = setting.equals(Setting.NATIVE_OPEN_MPI) ? 2 + random.nextInt(2) : 2;
            Program program = Program.start(setting, ranks, words(folder, "--restart", "--checkpoint-every", "0.1",
                    "--digest", "--json", "-"));
            try (program) {
                restarts++;
                boolean last = killed() >= KILLS;
                if (last || !kill(program, setting)) {
                    Program.Outcome outcome = awaitEnd(program);
                    requireProgress(outcome.out(), before);
                    assertEquals(0, outcome.code(), "a restart failed: " + outcome);
                    assertEquals(digest, outcome.record().get("digest"), "other bits at the end: " + outcome);
                    assertEquals(-1, SnapshotBytes.mismatch(whole, folder.resolve("diffusion.vtkhdf")));
                    assertEquals(SNAPSHOTS, read(folder).snapshots);
                    return;
                }
                requireProgress(program.said(), before);
            }
            before = inspect(folder, whole, before);
        }
    }

    /** Returns false if the run has ended of itself before that. */
    private boolean kill(Program program, Setting setting) throws Exception {
        if (random.nextInt(4) == 0) {
            // While it starts.
            Thread.sleep(random.nextLong(startMillis));
        } else {
            long start = System.nanoTime();
            program.awaitLines(1);
            startMillis = 1 + (System.nanoTime() - start) / 1_000_000;
            Thread.sleep(random.nextInt(1200));
        }
        Victim victim = Victim.values()[random.nextInt(3)];
        List<ProcessHandle> ranks = program.ranks();
        List<ProcessHandle> victims;
        if (victim == Victim.LAUNCHER || ranks.isEmpty()) {
            victim = Victim.LAUNCHER;
            victims = List.of(program.launcher());
        } else if (victim == Victim.ONE_RANK && !setting.isOneJvm()) {
            victims = List.of(ranks.get(random.nextInt(ranks.size())));
        } else {
            victim = Victim.ALL_RANKS;
            victims = ranks;
        }
        boolean live = program.launcher().isAlive() && victims.stream().allMatch(ProcessHandle::isAlive)
                && !program.said().contains("sum  ");
        if (!live) {
            return false;
        }
        for (ProcessHandle one : victims) {
            one.destroyForcibly();
        }
        kills.merge(victim, 1, Integer::sum);
        if (killed() % 20 == 0) {
            System.out.println("torture: " + killed() + " of " + KILLS + " kills");
        }
        awaitEnd(program);
        // Ranks must end even if nobody is there to end them. Now and then the next run comes before they have.
        if (random.nextBoolean()) {
            for (ProcessHandle rank : ranks) {
                try {
                    rank.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    throw new AssertionError("a rank outlived the run: " + program.said());
                }
            }
        }
        return true;
    }

    private static Program.Outcome awaitEnd(Program program) throws Exception {
        program.launcher().onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return program.end();
    }

    /** The run went on from what was there, or from further: ranks of the run before may have gone on for a moment. */
    private static void requireProgress(String said, State before) {
        Matcher going = GOING_ON.matcher(said);
        if (going.find()) {
            assertTrue(Long.parseLong(going.group(1)) >= before.step(), "went back behind step " + before.step() + ": "
                    + said);
        } else if (said.contains("starting from the beginning")) {
            assertEquals(0, before.step(), said);
        }
        assertFalse(said.contains("exists already"), said);
    }

    /** Nothing that was there is lost; then, perhaps, a checkpoint is damaged. Returns what is there in the end. */
    private State inspect(Path folder, Path whole, State before) throws Exception {
        State found = read(folder);
        assertTrue(found.snapshots >= before.snapshots, "snapshots lost: " + before + ", now " + found);
        assertTrue(found.step() >= before.step(), "progress lost: " + before + ", now " + found);
        if (Files.exists(folder.resolve("diffusion.vtkhdf"))) {
            assertEquals(-1, SnapshotBytes.mismatch(whole, folder.resolve("diffusion.vtkhdf")));
        }
        List<Path> slots = Checkpoint.files(folder).stream().filter(Files::exists).toList();
        if (!slots.isEmpty() && random.nextInt(3) == 0) {
            Path slot = slots.get(random.nextInt(slots.size()));
            damage(slot);
            damaged++;
            return read(folder);
        }
        return found;
    }

    private void damage(Path slot) throws IOException {
        try (FileChannel channel = FileChannel.open(slot, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            switch (random.nextInt(3)) {
                case 0 -> channel.truncate(random.nextLong(channel.size()));
                case 1 -> flip(channel, random.nextLong(Math.min(150, channel.size())));
                default -> flip(channel, random.nextLong(channel.size()));
            }
        }
    }

    private static void flip(FileChannel channel, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        if (channel.read(one, position) == 1) {
            channel.write(one.put(0, (byte) ~one.get(0)).flip(), position);
        }
    }

    private static State read(Path folder) throws IOException {
        long snapshots = 0;
        if (Files.exists(folder.resolve("diffusion.vtkhdf"))) {
            try (SnapshotReader reader = SnapshotReader.open(folder.resolve("diffusion.vtkhdf"))) {
                snapshots = reader.complete();
            }
        }
        for (Saved saved : Checkpoint.saved(folder, damage -> { })) {
            Checkpoint.State state = saved.state();
            try (Checkpoint checkpoint = Checkpoint.reopen(folder, saved.serial()); Arena arena = Arena.ofConfined()) {
                MemorySegment rows = arena.allocate(state.rows() * state.columns() * Double.BYTES);
                checkpoint.readRows(0, state.rows(), rows, state.columns() * Double.BYTES);
                return new State(snapshots, state.step());
            } catch (DamageException e) {
                continue;
            }
        }
        return new State(snapshots, 0);
    }
}
