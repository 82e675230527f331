package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    /** Prints NSteps, and whether every cell of every complete snapshot has the very bits it should have. */
    private static final String CHECK = """
            import sys, h5py, numpy as np
            f = h5py.File(sys.argv[1], 'r')
            n = int(f['VTKHDF/Steps'].attrs['NSteps'])
            d = f['VTKHDF/PointData/density']
            rows, columns = np.arange(d.shape[1])[:, None], np.arange(d.shape[2])[None, :]
            good = all(np.array_equal(d[k].view(np.int64), (np.sqrt(np.float64(2 + k)) * 1e6
                + rows * 1000.25 + columns / 3.0).view(np.int64)) for k in range(n))
            print(n, good, d.shape == tuple(map(int, sys.argv[2:5])), d.dtype == np.dtype('<f8'))
            """;

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("diffusion.vtkhdf");
    }

    private Layout write(int snapshots, long rows, long columns, int complete) throws IOException {
        Layout layout = SnapshotFile.create(path(), Fields.series(snapshots, rows, columns), true);
        try (SnapshotFile file = SnapshotFile.open(path(), layout)) {
            for (int k = 0; k < complete; k++) {
                Fields.write(file, k, 0, rows, columns);
                file.force();
                file.commit(k + 1);
            }
        }
        return layout;
    }

    private static void assertSound(SnapshotReader reader, long ranks) throws IOException {
        long rows = reader.content().rows();
        long columns = reader.content().columns();
        for (long k = 0; k < reader.complete(); k++) {
            for (long rank = 0; rank < ranks; rank++) {
                long first = rows * rank / ranks;
                long count = rows * (rank + 1) / ranks - first;
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment expected = Fields.rows(arena, k, first, count, columns);
                    MemorySegment found = arena.allocate(expected.byteSize(), 64);
                    reader.readRows(k, first, count, found, Fields.stride(columns));
                    assertEquals(-1, expected.mismatch(found));
                }
            }
        }
    }

    private String refusal() {
        return assertThrows(InputException.class, () -> SnapshotReader.open(path()).close()).getMessage()
                .replace(path().toString(), "FILE");
    }

    @Test
    void everySizeReadsBackToTheBitByAnyNumberOfRanks() throws Exception {
        for (long[] size : new long[][] {{1, 1}, {1, 7}, {7, 1}, {5, 300}, {1500, 13}, {3, 300_000}}) {
            Layout layout = write(3, size[0], size[1], 2);
            try (SnapshotReader reader = SnapshotReader.open(path())) {
                assertEquals(layout, reader.layout());
                assertEquals(2, reader.complete());
                assertSound(reader, 1);
                assertSound(reader, Math.min(3, size[0]));
            }
        }
    }

    @Test
    void parametersTimesAndProvenanceReadBackAsTheyWere() throws Exception {
        write(3, 4, 5, 0);
        Content written = Fields.series(3, 4, 5);
        try (SnapshotReader reader = SnapshotReader.open(path())) {
            Content read = reader.content();
            assertArrayEquals(written.times(), read.times());
            assertEquals(written.parameters(), read.parameters());
            assertEquals(written.texts(), read.texts());
            assertEquals(List.of("density", Element.FLOAT64, -10.0, 0.1),
                    List.of(read.name(), read.element(), read.originX(), read.spacingY()));
            assertEquals(0, reader.complete());
            reader.requireSame(written);
        }
    }

    @Test
    void h5pyReadsTheSameBitsAtEveryCount() throws Exception {
        for (int complete = 0; complete <= 3; complete++) {
            write(3, 33, 57, complete);
            assertEquals(complete + " True True True", Tools.h5py(CHECK, path().toString(), "3", "33", "57"));
        }
    }

    @Test
    void h5dumpReadsTheWholeFile() throws Exception {
        write(2, 4, 5, 1);
        String dump = Tools.h5dump("-d", "/VTKHDF/PointData/density[1,0,0;;1,4,5]", "-d",
                "/VTKHDF/Steps/Values",
                "-d", "/ghostrow/rowChecksums", "-a", "/ghostrow/dx", path().toString());
        assertTrue(dump.contains("H5T_IEEE_F64LE") && dump.contains("( 2, 4, 5 )"), dump);
        assertFalse(dump.contains("unable"), dump);
    }

    @Test
    void manyAttributesAndLongTextsFit() throws Exception {
        Map<String, Double> numbers = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            numbers.put("parameter" + i, i / 7.0);
            texts.put("text" + i, "x".repeat(i * 400));
        }
        Content content = new Content("density", Element.FLOAT64, 3, 4, new double[100_000], 0, 0, 1, 1,
                numbers, texts);
        SnapshotFile.create(path(), content, false);
        try (SnapshotReader reader = SnapshotReader.open(path())) {
            assertEquals(numbers, reader.content().parameters());
            assertEquals(texts, reader.content().texts());
        }
        assertEquals("81 15600", Tools.h5py("import sys, h5py; a = h5py.File(sys.argv[1])['ghostrow'].attrs;"
                + "print(len(a), len(a['text39']))", path().toString()));
    }

    @Test
    void aCommitChangesBytesOfOneSectorOnly() throws Exception {
        for (int parameters = 0; parameters < 30; parameters++) {
            Map<String, Double> numbers = new HashMap<>();
            for (int i = 0; i < parameters; i++) {
                numbers.put("parameter" + i, 1.0);
            }
            Layout layout = SnapshotFile.create(path(), new Content("density", Element.FLOAT64, 3, 4,
                    new double[300], 0, 0,
                    1, 1, numbers, Map.of()), true);
            byte[] before = Files.readAllBytes(path());
            try (SnapshotFile file = SnapshotFile.open(path(), layout)) {
                file.commit(299);
            }
            byte[] after = Files.readAllBytes(path());
            int first = Arrays.mismatch(before, after);
            int sector = first / 512 * 512;
            assertEquals(-1, Arrays.mismatch(Arrays.copyOfRange(before, sector + 512, before.length),
                    Arrays.copyOfRange(after, sector + 512, after.length)));
        }
        for (long position = 64; position < 64 + 1024; position++) {
            byte[] none = Hdf5Layout.steps(position, 0);
            byte[] all = Hdf5Layout.steps(position, Integer.MAX_VALUE);
            assertEquals(none.length, all.length);
            assertEquals((position + Arrays.mismatch(none, all)) / 512, (position + none.length - 1) / 512);
        }
    }

    @Test
    void asManyTimesAreShownAsSnapshotsAreComplete() throws Exception {
        for (int complete = 0; complete <= 3; complete++) {
            write(3, 4, 5, complete);
            assertEquals(Arrays.toString(Arrays.copyOf(new double[] {0, 0.1, 0.2}, complete))
                    + " [0.0, 0.1, 0.2]", Tools.h5py("import sys, h5py; f = h5py.File(sys.argv[1]);"
                    + "print(f['VTKHDF/Steps/Values'][:].tolist(), f['ghostrow/times'][:].tolist())",
                    path().toString()));
        }
    }

    @Test
    void ranksHaveTheFileOpenForWritingAlone() throws Exception {
        Layout layout = SnapshotFile.create(path(), Fields.series(2, 4, 5), false);
        assertEquals(layout.end(), Files.size(path()));
        try (SnapshotFile file = SnapshotFile.open(path(), layout)) {
            Fields.write(file, 0, 0, 4, 5);
            assertEquals(List.of(1), Tools.accessModes(path()));
        }
    }

    @Test
    void aHugeFileIsLaidOutWithoutTakingSpace() throws Exception {
        Layout layout = SnapshotFile.create(path(), Fields.series(100, 4096, 4096), false);
        assertTrue(Files.size(path()) >= 100L * 4096 * 4096 * 8);
        assertEquals(0, layout.data() % 4096);
        assertTrue((Integer) Files.getAttribute(path(), "unix:nlink") == 1
                && folder.toFile().getUsableSpace() > 0);
        String blocks = Tools.run(List.of("du", "-k", path().toString())).split("\\s")[0];
        assertTrue(Long.parseLong(blocks) < 2000, blocks + " KiB");
    }

    @Test
    void oneFieldOfIntegersAppearsUnderItsNameWhenItIsDone() throws Exception {
        Path counts = folder.resolve("mandelbrot.vtkhdf");
        Content content = new Content("count", Element.INT32, 3, 5, null, -2.13, 1.3, 0.1, -0.2, Map.of(),
                Map.of());
        Layout layout = SnapshotFile.create(counts, content, false);
        assertFalse(Files.exists(counts));
        try (SnapshotFile file = SnapshotFile.open(counts, layout); Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocateFrom(ValueLayout.JAVA_INT,
                    java.util.stream.IntStream.range(0, 15).toArray());
            file.writeChecksums(0, 0, file.writeRows(0, 0, 3, rows, 20));
            file.force();
            file.commit(1);
        }
        try (SnapshotReader reader = SnapshotReader.open(counts); Arena arena = Arena.ofConfined()) {
            assertNull(reader.content().times());
            assertEquals(-0.2, reader.content().spacingY());
            MemorySegment rows = arena.allocate(64);
            reader.readRows(0, 1, 2, rows, 32);
            assertEquals(List.of(5, 14), List.of(rows.get(ValueLayout.JAVA_INT, 0),
                    rows.get(ValueLayout.JAVA_INT, 48)));
        }
        assertEquals("int32 (3, 5) 105", Tools.h5py("import sys, h5py; d = h5py.File(sys.argv[1])"
                + "['VTKHDF/PointData/count']; print(d.dtype, d.shape, d[:].sum())", counts.toString()));
    }

    @Test
    void twoProcessesWriteTheirHalvesAtOnce() throws Exception {
        Layout layout = SnapshotFile.create(path(), Fields.series(4, 101, 700), false);
        try (Child first = SnapshotWriter.launch(path(), layout, 0, 51, false).start();
                Child second = SnapshotWriter.launch(path(), layout, 51, 50, false).start()) {
            for (Child rank : List.of(first, second)) {
                Ended ended = rank.end();
                assertTrue(ended.well(), ended.toString());
            }
        }
        try (SnapshotFile file = SnapshotFile.open(path(), layout)) {
            file.commit(4);
        }
        try (SnapshotReader reader = SnapshotReader.open(path())) {
            assertSound(reader, 3);
        }
        assertEquals("4 True True True", Tools.h5py(CHECK, path().toString(), "4", "101", "700"));
    }

    @Test
    void aKilledWriterLeavesAFileOfCompleteSnapshotsThatAnotherGoesOnWith() throws Exception {
        Random random = new Random();
        for (int round = 0; round < 4; round++) {
            Layout layout = SnapshotFile.create(path(), Fields.series(2000, 50, 300), true);
            String last = Tools.lastLineBeforeItWasKilled(SnapshotWriter.launch(path(), layout, 0, 50, true),
                    random.nextInt(150));
            String[] seen = Tools.h5py(CHECK, path().toString(), "2000", "50", "300").split(" ", 2);
            assertEquals("True True True", seen[1]);
            long complete = Long.parseLong(seen[0]);
            assertTrue(complete >= Long.parseLong(last), complete + " complete, but " + last
                    + " were reported");
            try (SnapshotReader reader = SnapshotReader.open(path())) {
                assertEquals(complete, reader.complete());
                assertSound(reader, 1);
                try (SnapshotFile file = SnapshotFile.open(path(), reader.layout())) {
                    Fields.write(file, complete, 0, 50, 300);
                    file.commit(complete + 1);
                }
            }
            assertEquals(complete + 1 + " True True True",
                    Tools.h5py(CHECK, path().toString(), "2000", "50", "300"));
        }
    }

    @Test
    void aReaderBesideTheRunningWriterAlwaysSeesASoundFile() throws Exception {
        Layout layout = SnapshotFile.create(path(), Fields.series(400, 20, 30), true);
        try (Child writer = SnapshotWriter.launch(path(), layout, 0, 20, true).start()) {
            long seen = 0;
            while (writer.isAlive()) {
                try (SnapshotReader reader = SnapshotReader.open(path())) {
                    assertTrue(reader.complete() >= seen);
                    seen = reader.complete();
                }
            }
        }
        try (SnapshotReader reader = SnapshotReader.open(path())) {
            assertEquals(400, reader.complete());
            assertSound(reader, 1);
        }
    }

    @Test
    void aFullDiskIsNamedAndTheSnapshotsBeforeItStay() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        Needs.machine(Children.works("mount", "-t", "tmpfs", "-o", "size=1900k", "tmpfs", small.toString()),
                "a small file system cannot be mounted here");
        try {
            Path file = small.resolve("diffusion.vtkhdf");
            Layout layout = SnapshotFile.create(file, Fields.series(9, 64, 1000), false);
            try (SnapshotFile snapshots = SnapshotFile.open(file, layout)) {
                IOException full = assertThrows(IOException.class, () -> {
                    for (long k = 0; k < 9; k++) {
                        Fields.write(snapshots, k, 0, 64, 1000);
                        snapshots.force();
                        snapshots.commit(k + 1);
                    }
                });
                assertEquals(file + ": snapshot 3 could not be written (No space left on device);"
                        + " the 3 before it stay readable", full.getMessage());
            }
            assertEquals("3 True True True", Tools.h5py(CHECK, file.toString(), "9", "64", "1000"));
            try (SnapshotReader reader = SnapshotReader.open(file)) {
                assertEquals(3, reader.complete());
                assertSound(reader, 2);
            }
        } finally {
            assertEquals("", Tools.run(List.of("umount", small.toString())));
        }
    }

    @Test
    void existingResultsAndBadFoldersAreRefusedAndLeftAlone() throws Exception {
        write(1, 2, 2, 1);
        byte[] before = Files.readAllBytes(path());
        assertEquals(path() + ": exists already; --restart goes on with it, --force replaces it,"
                + " --out chooses another folder", assertThrows(InputException.class,
                        () -> SnapshotFile.create(path(), Fields.series(1, 2, 2), false)).getMessage());
        assertArrayEquals(before, Files.readAllBytes(path()));
        Path inFile = path().resolve("out").resolve("diffusion.vtkhdf");
        String message = assertThrows(InputException.class,
                () -> SnapshotFile.create(inFile, Fields.series(1, 2, 2), false)).getMessage();
        assertTrue(message.startsWith(inFile.getParent() + ": the output folder cannot be created ("),
                message);
        assertEquals(path() + ": is a file; expected an output folder, choose one with --out",
                assertThrows(InputException.class, () -> OutputFolder.prepare(path())).getMessage());
        String many = assertThrows(InputException.class, () -> SnapshotFile.create(folder.resolve("x"),
                Fields.series(1000, 1 << 29, 1 << 29), false)).getMessage();
        assertTrue(many.contains("more than a file can hold"), many);
        assertEquals(List.of("diffusion.vtkhdf"),
                Files.list(folder).map(file -> file.getFileName().toString()).toList());
    }

    @Test
    void damagedCutOffAndForeignFilesAreRefusedEachWithItsReason() throws Exception {
        assertEquals("FILE: no such file; expected a snapshot file of an earlier run", refusal());
        Files.write(path(), new byte[0]);
        assertEquals("FILE: is not an HDF5 file; expected a snapshot file of an earlier run", refusal());
        Files.writeString(path(), "D = 1.0;\n".repeat(100));
        assertEquals("FILE: is not an HDF5 file; expected a snapshot file of an earlier run", refusal());
        assertTrue(assertThrows(InputException.class, () -> SnapshotReader.open(folder)).getMessage()
                .endsWith(": is a folder; expected a snapshot file such as diffusion.vtkhdf"));

        Layout layout = write(2, 30, 40, 2);
        byte[] sound = Files.readAllBytes(path());
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(layout.end() - 1000);
        }
        assertEquals("FILE: is cut off, it has " + (layout.end() - 1000) + " bytes of " + layout.end()
                + "; take it from a copy or run again with --force", refusal());
        Files.write(path(), Arrays.copyOf(sound, 20));
        assertEquals("FILE: is cut off, it has 20 bytes of 48; take it from a copy or run again with --force",
                refusal());

        flip(sound, layout.steps() + 40);
        assertTrue(refusal().startsWith("FILE: is damaged, its headers make no sense ("), refusal());

        Files.write(path(), sound);
        overwriteCount(layout, 3);
        assertEquals("FILE: is damaged, it counts 3 complete snapshots of 2", refusal());

        flip(sound, layout.data() + layout.rows() * layout.rowBytes() + 7 * layout.rowBytes() + 5);
        try (SnapshotReader reader = SnapshotReader.open(path()); Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(30 * 320);
            reader.readRows(0, 0, 30, rows, 320);
            reader.readRows(1, 8, 22, rows, 320);
            assertEquals(path() + ": is damaged, row 7 of snapshot 1 does not fit its checksum; take it from "
                    + "a copy"
                    + " or run again with --force", assertThrows(InputException.class,
                            () -> reader.readRows(1, 0, 30, rows, 320)).getMessage());
        }
        Tools.h5py("import sys, h5py; h5py.File(sys.argv[1], 'w')['x'] = [1.0, 2.0]", path().toString());
        assertEquals("FILE: is an HDF5 file, but not one of ours; expected the groups /ghostrow and /VTKHDF",
                refusal());
    }

    private void flip(byte[] sound, long position) throws IOException {
        byte[] damaged = sound.clone();
        damaged[(int) position] ^= 0x10;
        Files.write(path(), damaged);
    }

    /** With a checksum that fits, as only a faulty program would. */
    private void overwriteCount(Layout layout, int count) throws IOException {
        byte[] all = Files.readAllBytes(path());
        byte[] header = Hdf5Layout.steps(layout.steps(), count);
        System.arraycopy(header, 0, all, (int) layout.steps(), header.length);
        Files.write(path(), all);
    }

    @Test
    void anyFlippedByteInTheHeadersIsNoticedOrHarmless() throws Exception {
        Layout layout = write(2, 3, 4, 2);
        byte[] sound = Files.readAllBytes(path());
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            flip(sound, random.nextInt(2500));
            try (SnapshotReader reader = SnapshotReader.open(path())) {
                assertEquals(layout, reader.layout());
            } catch (InputException e) {
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 200, refused + " of 400 refused");
    }

    @Test
    void aRunWithOtherParametersIsRefusedNamingTheParameter() throws Exception {
        write(3, 4, 5, 1);
        try (SnapshotReader reader = SnapshotReader.open(path())) {
            Content same = Fields.series(3, 4, 5);
            Content other = new Content("density", Element.FLOAT64, 4, 5, same.times(), -10, -10, 0.1, 0.1,
                    Map.of("D", 1.0, "dx", Math.nextUp(0.1), "x1", -10.0), Map.of());
            assertEquals(path() + ": was written with dx = 0.1, but this run has dx = 0.10000000000000002;"
                    + " restart with the same or start afresh with another --out",
                    assertThrows(InputException.class, () -> reader.requireSame(other)).getMessage());
            assertTrue(assertThrows(InputException.class, () -> reader.requireSame(Fields.series(4, 4, 5)))
                    .getMessage()
                    .contains("other snapshot times"));
            assertTrue(assertThrows(InputException.class, () -> reader.requireSame(Fields.series(3, 5, 5)))
                    .getMessage()
                    .contains("holds density on 4 x 5 cells, but this run has density on 5 x 5"));
        }
    }

    @Test
    void aDiffusionRunFindsItsOwnParametersAgain() throws Exception {
        DiffusionParameters p = DiffusionParameters.read(Path.of("params/diff2d.params"), List.of("dx=0.1"));
        DiffusionPlan plan = DiffusionPlan.of(p);
        Content run = new Content("density", Element.FLOAT64, plan.nrows(), plan.nrows(), plan.reportTimes(),
                p.x1(), p.x1(), plan.dx(), plan.dx(), p.physics(),
                Map.of("version", "", "rule", "diffusion"));
        SnapshotFile.create(path(), run, false);
        try (SnapshotReader reader = SnapshotReader.open(path())) {
            reader.requireSame(run);
            assertEquals(p.physics(), reader.content().parameters());
            assertEquals(run.texts(), reader.content().texts());
        }
    }

    @Test
    void aSnapshotThatIsNotCompleteIsNotRead() throws Exception {
        write(3, 4, 5, 1);
        try (SnapshotReader reader = SnapshotReader.open(path()); Arena arena = Arena.ofConfined()) {
            assertEquals(path() + ": snapshot 1 is not there; complete are 1, counted from 0",
                    assertThrows(InputException.class,
                            () -> reader.readRows(1, 0, 4, arena.allocate(160), 40)).getMessage());
        }
    }
}
