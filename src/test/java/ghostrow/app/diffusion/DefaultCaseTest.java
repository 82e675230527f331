package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.SnapshotReader;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published diffusion to the last bit, wherever it runs. The whole run on every transport with 1 to 4 ranks of 1
 * and 2 threads takes minutes: -Dghostrow.thorough=true does it; otherwise a short run stands for most of them.
 */
class DefaultCaseTest {
    private static final boolean THOROUGH = Boolean.getBoolean("ghostrow.thorough");

    private record Shape(Setting setting, int ranks, int threads) {
        @Override
        public String toString() {
            return setting + ", " + ranks + " x " + threads;
        }
    }

    private static Stream<Shape> shapes() {
        return Setting.all().flatMap(setting -> {
            List<Shape> shapes = new ArrayList<>();
            for (int ranks = 1; ranks <= (setting.equals(Setting.SELF) ? 1 : 4); ranks++) {
                for (int threads = 1; threads <= 2; threads++) {
                    if (THOROUGH || ranks == 4 && threads == 1 || ranks == 3 && threads == 2
                            || setting.equals(Setting.SELF)) {
                        shapes.add(new Shape(setting, ranks, threads));
                    }
                }
            }
            return shapes.stream();
        });
    }

    private static Map<String, Object> run(Shape shape, String... words) throws Exception {
        shape.setting.require();
        List<String> all = new ArrayList<>(List.of("diffusion", "--threads", Integer.toString(shape.threads), "--digest",
                "--json", "-"));
        all.addAll(List.of(words));
        Program.Outcome outcome = Program.run(shape.setting, shape.ranks, all.toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.toString());
        return outcome.record();
    }

    @TestFactory
    Stream<DynamicTest> theWholeRunEndsInThePublishedBits(@TempDir Path folder) {
        String expected = published(folder);
        Stream<Shape> shapes = THOROUGH ? shapes()
                : Stream.of(new Shape(Setting.NATIVE_OPEN_MPI, 2, 1), new Shape(Setting.MPJ, 3, 1));
        return shapes.map(shape -> DynamicTest.dynamicTest(shape.toString(), () -> {
            Map<String, Object> record = run(shape, "--snapshots", "none", "--out", folder.toString());
            assertEquals(8056.974865175267, record.get("sum"));
            assertEquals(0.20155804379757752, record.get("max"));
            assertEquals(expected, record.get("digest"));
        }));
    }

    /** One rank, with snapshots; returns its digest. */
    private static String published(Path folder) {
        try {
            Map<String, Object> record = run(new Shape(Setting.SELF, 1, 1), "--out", folder.toString());
            assertEquals(8056.974865175267, record.get("sum"));
            assertEquals(0.20155804379757752, record.get("max"));
            assertEquals(13410.0, ((Number) record.get("steps")).doubleValue());
            assertEquals(31.0, ((Number) record.get("reports")).doubleValue());
            assertEquals(0.17981654877012326, last(folder.resolve("diffusion.vtkhdf"), 149, 99));
            return (String) record.get("digest");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A value of the last snapshot, counted from 1. */
    private static double last(Path file, int row, int column) throws Exception {
        try (SnapshotReader reader = SnapshotReader.open(file); Arena arena = Arena.ofConfined()) {
            assertEquals(31, reader.complete());
            long columns = reader.content().columns();
            MemorySegment values = arena.allocate(ValueLayout.JAVA_DOUBLE, columns);
            reader.readRows(reader.complete() - 1, row - 1, 1, values, columns * Double.BYTES);
            return values.getAtIndex(ValueLayout.JAVA_DOUBLE, column - 1);
        }
    }

    @TestFactory
    Stream<DynamicTest> aShortRunEndsInTheBitsOfPlainLoopsEverywhere(@TempDir Path folder) throws Exception {
        String[] words = {"--set", "runtime=0.3", "--snapshots", "none", "--out", folder.toString()};
        String expected = PlainLoops.digest(PlainLoops.peaks(0.0667, 0.3));
        return shapes().map(shape -> DynamicTest.dynamicTest(shape.toString(),
                () -> assertEquals(expected, run(shape, words).get("digest"))));
    }

    @Test
    void theTenthGridTakes5999StepsAnd31Reports(@TempDir Path folder) throws Exception {
        Program.Outcome outcome = Program.run("diffusion", "--set", "dx=0.1", "--out", folder.toString(), "--json", "-");
        assertEquals(5999.0, ((Number) outcome.record().get("steps")).doubleValue());
        assertEquals(31.0, ((Number) outcome.record().get("reports")).doubleValue());
        List<String> times = outcome.out().lines().filter(line -> line.matches("[0-9.]+")).toList();
        assertEquals(31, times.size());
        assertEquals("0", times.getFirst());
    }

    @Test
    void aRunOfNoTimeReportsTheStart(@TempDir Path folder) throws Exception {
        Program.Outcome outcome = Program.run("diffusion", "--set", "runtime=0", "--out", folder.toString(), "--json", "-");
        assertEquals(0, outcome.code(), outcome.toString());
        assertEquals("0", outcome.out().lines().findFirst().orElseThrow());
    }

    @Test
    void graphicsMakesPictures(@TempDir Path folder) throws Exception {
        Program.Outcome outcome = Program.run("diffusion", "--set", "graphics=True", "--set", "dx=0.4",
                "--set", "runtime=1", "--out", folder.toString(), "--ranks", "2");
        assertEquals(0, outcome.code(), outcome.toString());
        for (String name : List.of("diffusion.gif", "diffusion-0000.png", "diffusion-0002.png")) {
            assertTrue(folder.resolve(name).toFile().length() > 1000, outcome.toString());
        }
    }
}
