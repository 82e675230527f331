package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Checkpoint.Saved;
import ghostrow.spmd.Children;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final long ROWS = 37;
    private static final long COLUMNS = 101;

    @TempDir
    Path folder;

    private static Checkpoint.State state(long step) {
        return new Checkpoint.State(step, ROWS, COLUMNS, Fields.PARAMETERS);
    }

    private void write(long step, boolean commit) throws IOException {
        write(step, commit, 0);
    }

    /** As three ranks would, with the step in place of a snapshot's number. Returns the serial number. */
    private long write(long step, boolean commit, long sound) throws IOException {
        long serial = Checkpoint.begin(folder, state(step), sound);
        int[] checksums = writeRows(step, serial);
        if (commit) {
            try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state(step))) {
                checkpoint.commit(checksums);
            }
        }
        return serial;
    }

    private int[] writeRows(long step, long serial) throws IOException {
        int[] checksums = new int[(int) ROWS];
        for (int[] strip : new int[][] {{0, 13}, {13, 12}, {25, 12}}) {
            try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state(step));
                    Arena arena = Arena.ofConfined()) {
                int[] mine = checkpoint.writeRows(strip[0], strip[1],
                        Fields.rows(arena, step, strip[0], strip[1], COLUMNS), Fields.stride(COLUMNS));
                System.arraycopy(mine, 0, checksums, strip[0], mine.length);
                checkpoint.force();
            }
        }
        return checksums;
    }

    /** The newest checkpoint all of whose rows are sound, as a run that goes on finds it; throws what else it finds. */
    private Optional<Saved> newest() throws IOException {
        InputException damage = null;
        List<DamageException> headers = new ArrayList<>();
        for (Saved saved : Checkpoint.saved(folder, headers::add)) {
            try {
                read(saved);
                return Optional.of(saved);
            } catch (DamageException e) {
                damage = e;
            }
        }
        if (damage != null || !headers.isEmpty()) {
            throw headers.isEmpty() ? damage : headers.getFirst();
        }
        return Optional.empty();
    }

    private void read(Saved saved) throws IOException {
        for (int[] strip : new int[][] {{0, 37}, {0, 18}, {18, 19}}) {
            try (Checkpoint rank = Checkpoint.reopen(folder, saved.serial()); Arena arena = Arena.ofConfined()) {
                MemorySegment expected = Fields.rows(arena, saved.state().step(), strip[0], strip[1], COLUMNS);
                MemorySegment found = arena.allocate(expected.byteSize(), 64);
                rank.readRows(strip[0], strip[1], found, Fields.stride(COLUMNS));
                assertEquals(-1, expected.mismatch(found));
            }
        }
    }

    private void assertNewest(long step) throws IOException {
        assertEquals(state(step), newest().orElseThrow().state());
    }

    private void damage(String name, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        bytes[(int) position] ^= 1;
        Files.write(folder.resolve(name), bytes);
    }

    private String refusal() {
        return assertThrows(InputException.class, this::newest).getMessage()
                .replace(folder + "/", "");
    }

    @Test
    void noCheckpointIsNoError() throws IOException {
        assertTrue(newest().isEmpty());
        assertEquals(List.of(), Checkpoint.saved(folder.resolve("nowhere"), damage -> { }));
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
        assertTrue(newest().isEmpty());
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
        assertEquals("checkpoint-1.ghost: is not a checkpoint of this program", refusal());
        Files.write(slot, sound);
        assertNewest(1);
    }

    @Test
    void anyFlippedBitIsNoticedOrLiesInPadding() throws IOException {
        write(1, true);
        byte[] sound = Files.readAllBytes(folder.resolve("checkpoint-1.ghost"));
        int header = 52 + Fields.PARAMETERS.keySet().stream().mapToInt(name -> 12 + name.length()).sum() + 4;
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            int position = random.nextInt(sound.length);
            boolean padding = position >= header && position < 4096
                    || position >= 4096 + 4 * ROWS && position < 8192;
            damage("checkpoint-1.ghost", position);
            if (padding) {
                assertNewest(1);
            } else {
                assertThrows(InputException.class, this::newest, "byte " + position);
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
            long step = newest().orElseThrow().state().step();
            assertTrue(step == Long.parseLong(last) || step == Long.parseLong(last) + 1, step + " after "
                    + last);
            assertNewest(step);
        }
    }

    @Test
    void theNextOneIsNeverWrittenOverTheSoundOne() throws IOException {
        for (String damaged : List.of("rows", "header")) {
            Checkpoint.remove(folder);
            for (long step = 1; step <= 4; step++) {
                long serial = write(step, true, step - 1);
                assertEquals(step, serial);
            }
            damage("checkpoint-0.ghost", damaged.equals("rows")
                    ? Files.size(folder.resolve("checkpoint-0.ghost")) - 1 : 30);
            long sound = newest().orElseThrow().serial();
            assertEquals(3, sound);
            // Killed in the middle of the next one, and of the one after it.
            write(5, false, sound);
            assertNewest(3);
            write(5, false, sound);
            assertNewest(3);
            sound = write(5, true, sound);
            assertNewest(5);
            write(6, false, sound);
            assertNewest(5);
        }
    }

    @Test
    void rowsOfAnotherCheckpointAreDamageEvenIfTheyAreSound() throws IOException {
        write(1, true);
        byte[] one = Files.readAllBytes(folder.resolve("checkpoint-1.ghost"));
        Checkpoint.remove(folder);
        write(2, true);
        Path slot = folder.resolve("checkpoint-1.ghost");
        byte[] two = Files.readAllBytes(slot);
        int data = 8192;
        int row = (int) COLUMNS * Double.BYTES;

        // The row and its checksum of another step, under the same serial number.
        byte[] mixed = two.clone();
        System.arraycopy(one, data + 7 * row, mixed, data + 7 * row, row);
        System.arraycopy(one, 4096 + 7 * 4, mixed, 4096 + 7 * 4, 4);
        Files.write(slot, mixed);
        assertEquals("checkpoint-1.ghost: is a damaged checkpoint, row 7 does not fit its checksum", refusal());

        // Another row of the same checkpoint.
        mixed = two.clone();
        System.arraycopy(two, data + 9 * row, mixed, data + 8 * row, row);
        System.arraycopy(two, 4096 + 9 * 4, mixed, 4096 + 8 * 4, 4);
        Files.write(slot, mixed);
        assertEquals("checkpoint-1.ghost: is a damaged checkpoint, row 8 does not fit its checksum", refusal());

        // The same step, but another serial number: what another run has written.
        Checkpoint.remove(folder);
        write(2, true, 2);
        byte[] three = Files.readAllBytes(slot);
        mixed = two.clone();
        System.arraycopy(three, data, mixed, data, row);
        System.arraycopy(three, 4096, mixed, 4096, 4);
        Files.write(slot, mixed);
        assertEquals("checkpoint-1.ghost: is a damaged checkpoint, row 0 does not fit its checksum", refusal());
    }

    @Test
    void aHeaderThatNobodyWouldWriteIsNamedWhateverItsChecksumSays() throws IOException {
        write(1, true);
        Path slot = folder.resolve("checkpoint-1.ghost");
        byte[] sound = Files.readAllBytes(slot);
        for (Consumer<ByteBuffer> nonsense : List.<Consumer<ByteBuffer>>of(
                header -> header.putLong(24, -1),
                header -> header.putLong(32, 0),
                header -> header.putLong(32, -5),
                header -> header.putLong(32, 1L << 40),
                header -> header.putLong(40, 0),
                header -> header.putLong(40, 1L << 61),
                header -> header.putInt(48, -1),
                header -> header.putInt(48, 1000),
                header -> header.putInt(52, -1),
                header -> header.putInt(52, Integer.MAX_VALUE))) {
            sealed(slot, sound, nonsense);
            assertEquals("checkpoint-1.ghost: is a damaged checkpoint, its header makes no sense", refusal());
        }
    }

    /** Writes a file whose header was changed and fits its checksum all the same. */
    private static void sealed(Path slot, byte[] file, Consumer<ByteBuffer> change) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(bytes);
        int length = bytes.getInt(12);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, length - 4);
        bytes.putInt(length - 4, (int) crc.getValue());
        Files.write(slot, bytes.array());
    }

    @Test
    void theVersionBeforeIsRefusedByName() throws IOException {
        write(1, true);
        Path slot = folder.resolve("checkpoint-1.ghost");
        sealed(slot, Files.readAllBytes(slot), header -> header.putInt(8, 1));
        assertEquals("checkpoint-1.ghost: is a checkpoint of version 1; this program reads version 2: go on with the "
                + "program that wrote it, or remove the file", refusal());
    }

    /** Begins a checkpoint, in a process that may write files of 2 KiB only. */
    static final class Begins {
        private Begins() {
        }

        public static void main(String[] arguments) {
            try {
                System.out.println("begun: " + Checkpoint.begin(Path.of(arguments[0]), state(1), 0));
            } catch (IOException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    void aWriteThatTheSystemCutsShortIsNotTakenForWhole() throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 2; exec \"$@\"", "-"));
        command.addAll(Children.java(List.of("-Xmx64m"), Begins.class, folder.toString()));
        String said = Tools.run(command);
        assertTrue(said.contains("refused: ") && said.contains("checkpoint-1.ghost: the checkpoint could not be written")
                && said.contains("too large"), said);
    }

    @Test
    void ranksWriteIntoAFileOfFullLengthThatIsOpenForWritingAlone() throws IOException {
        Path slot = folder.resolve("checkpoint-1.ghost");
        long serial = Checkpoint.begin(folder, state(1), 0);
        assertEquals(8192 + ROWS * COLUMNS * 8, Files.size(slot));
        try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state(1))) {
            assertEquals(state(1), checkpoint.state());
            assertEquals(List.of(1), Tools.accessModes(slot));
        }
        assertEquals(List.of(), Tools.accessModes(slot));
    }

    @Test
    void lookingForCheckpointsReadsTheirHeadersAndReadingThemReadsThemOnce() throws IOException {
        Checkpoint.State large = new Checkpoint.State(5, 2000, 500, Fields.PARAMETERS);
        long bytes = large.rows() * large.columns() * Double.BYTES;
        long serial = Checkpoint.begin(folder, large, 0);
        try (Checkpoint checkpoint = Checkpoint.open(folder, serial, large); Arena arena = Arena.ofConfined()) {
            MemorySegment field = arena.allocate(bytes, 64);
            checkpoint.commit(checkpoint.writeRows(0, large.rows(), field, large.columns() * Double.BYTES));
            Checkpoint.saved(folder, damage -> { });
            long before = Tools.bytesRead();
            assertEquals(1, Checkpoint.saved(folder, damage -> { }).size());
            long looked = Tools.bytesRead() - before;
            assertTrue(looked < 100_000, looked + " bytes");
            try (Checkpoint rank = Checkpoint.reopen(folder, serial)) {
                rank.readRows(0, large.rows(), field, large.columns() * Double.BYTES);
            }
            long read = Tools.bytesRead() - before;
            assertTrue(read >= bytes && read < bytes + 300_000, read + " bytes of " + bytes);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThrows(InputException.class, () -> Checkpoint.begin(file, state(1), 0));
        assertThrows(InputException.class, () -> Checkpoint.begin(file.resolve("deeper"), state(1), 0));
        assertFalse(List.of(Files.list(folder).toArray()).size() > 1);
    }
}
