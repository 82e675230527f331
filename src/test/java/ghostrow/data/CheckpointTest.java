package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final long ROWS = 37;
    private static final long COLUMNS = 101;

    @TempDir
    Path folder;

    private static Checkpoint.State state(long step) {
        return new Checkpoint.State(step, step / 10, Math.nextUp(step * 0.1), ROWS, COLUMNS,
                Fields.PARAMETERS);
    }

    /** As three ranks would, with the step in place of a snapshot's number. */
    private void write(long step, boolean commit) throws IOException {
        long serial = Checkpoint.begin(folder, state(step));
        for (long[] strip : new long[][] {{0, 13}, {13, 12}, {25, 12}}) {
            try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state(step));
                    Arena arena = Arena.ofConfined()) {
                checkpoint.writeRows(strip[0], strip[1], Fields.rows(arena, step, strip[0], strip[1],
                        COLUMNS),
                        Fields.stride(COLUMNS));
                checkpoint.force();
            }
        }
        if (commit) {
            try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state(step))) {
                checkpoint.commit();
            }
        }
    }

    private void assertNewest(long step) throws IOException {
        try (Checkpoint newest = Checkpoint.newest(folder).orElseThrow()) {
            assertEquals(state(step), newest.state());
            try (Checkpoint otherRank = Checkpoint.reopen(folder, newest.serial());
                    Arena arena = Arena.ofConfined()) {
                for (long[] strip : new long[][] {{0, 37}, {0, 18}, {18, 19}}) {
                    MemorySegment expected = Fields.rows(arena, step, strip[0], strip[1], COLUMNS);
                    MemorySegment found = arena.allocate(expected.byteSize(), 64);
                    otherRank.readRows(strip[0], strip[1], found, Fields.stride(COLUMNS));
                    assertEquals(-1, expected.mismatch(found));
                }
            }
        }
    }

    private void damage(String name, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        bytes[(int) position] ^= 1;
        Files.write(folder.resolve(name), bytes);
    }

    private String refusal() {
        return assertThrows(InputException.class, () -> Checkpoint.newest(folder)).getMessage()
                .replace(folder + "/", "");
    }

    @Test
    void noCheckpointIsNoError() throws IOException {
        assertTrue(Checkpoint.newest(folder).isEmpty());
        assertTrue(Checkpoint.newest(folder.resolve("nowhere")).isEmpty());
    }

    @Test
    void theNewestIsReadBackToTheBitByAnyNumberOfRanks() throws IOException {
        for (long step = 1; step <= 4; step++) {
            write(step, true);
            assertNewest(step);
        }
        assertEquals(2, Files.list(folder).count());
    }

    @Test
    void anUnfinishedOneLeavesTheOneBefore() throws IOException {
        write(1, false);
        assertTrue(Checkpoint.newest(folder).isEmpty());
        write(2, true);
        assertNewest(2);
        write(3, false);
        assertNewest(2);
        write(4, false);
        assertNewest(2);
        write(5, true);
        assertNewest(5);
    }

    @Test
    void aDamagedOneGivesWayToTheOlder() throws IOException {
        write(1, true);
        write(2, true);
        damage("checkpoint-0.ghost", Files.size(folder.resolve("checkpoint-0.ghost")) - 1);
        assertNewest(1);
        damage("checkpoint-1.ghost", 30);
        assertEquals("checkpoint-1.ghost: is a damaged checkpoint, its header does not fit its checksum",
                refusal());
    }

    @Test
    void everyDamageIsNamed() throws IOException {
        write(1, true);
        Path slot = folder.resolve("checkpoint-1.ghost");
        byte[] sound = Files.readAllBytes(slot);
        damage("checkpoint-1.ghost", 8192 + 5 * COLUMNS * 8 + 3);
        assertEquals("checkpoint-1.ghost: is a damaged checkpoint, row 5 does not fit its checksum",
                refusal());
        Files.write(slot, Arrays.copyOf(sound, sound.length - 1));
        assertEquals("checkpoint-1.ghost: is a damaged checkpoint, it is cut off, it has "
                + (sound.length - 1)
                + " bytes of " + sound.length, refusal());
        Files.write(slot, Arrays.copyOf(sound, 100));
        assertEquals("checkpoint-1.ghost: is a damaged checkpoint, it is cut off at 100 bytes", refusal());
        Files.writeString(slot, "something else ".repeat(1000));
        assertEquals("checkpoint-1.ghost: is not a checkpoint of this program; remove it", refusal());
        Files.write(slot, sound);
        assertNewest(1);
    }

    @Test
    void anyFlippedBitIsNoticedOrLiesInPadding() throws IOException {
        write(1, true);
        byte[] sound = Files.readAllBytes(folder.resolve("checkpoint-1.ghost"));
        int header = 68 + Fields.PARAMETERS.keySet().stream().mapToInt(name -> 12 + name.length()).sum() + 4;
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            int position = random.nextInt(sound.length);
            boolean padding = position >= header && position < 4096
                    || position >= 4096 + 4 * ROWS && position < 8192;
            damage("checkpoint-1.ghost", position);
            if (padding) {
                assertNewest(1);
            } else {
                assertThrows(InputException.class, () -> Checkpoint.newest(folder), "byte " + position);
            }
            Files.write(folder.resolve("checkpoint-1.ghost"), sound);
        }
    }

    /** Writes checkpoints without end; killed by the test below. */
    static final class Endless {
        private Endless() {
        }

        public static void main(String[] arguments) throws Exception {
            CheckpointTest writer = new CheckpointTest();
            writer.folder = Path.of(arguments[0]);
            for (long step = 1;; step++) {
                writer.write(step, true);
                System.out.println(step);
            }
        }
    }

    @Test
    void aKilledWriterLeavesTheLastOneItReported() throws Exception {
        for (int round = 0; round < 3; round++) {
            String last = Tools.lastLineBeforeItWasKilled(Tools.java(Endless.class, folder.toString()),
                    new Random().nextInt(100));
            long step;
            try (Checkpoint newest = Checkpoint.newest(folder).orElseThrow()) {
                step = newest.state().step();
            }
            assertTrue(step == Long.parseLong(last) || step == Long.parseLong(last) + 1, step + " after "
                    + last);
            assertNewest(step);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThrows(InputException.class, () -> Checkpoint.begin(file, state(1)));
        assertThrows(InputException.class, () -> Checkpoint.begin(file.resolve("deeper"), state(1)));
        assertFalse(List.of(Files.list(folder).toArray()).size() > 1);
    }
}
