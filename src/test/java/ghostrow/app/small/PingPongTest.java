package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.app.small.ObjectCosts.Row;
import ghostrow.data.Json;
import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Messages are timed; how long they take here is no test's business. */
class PingPongTest {
    private static final List<String> SIZES = List.of("8 B", "64 B", "1 KiB", "8 KiB", "64 KiB", "1 MiB");
    private static final List<Long> BYTES = List.of(8L, 64L, 1024L, 8192L, 65536L, 1L << 20);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> objectsAreTimedBesideBuffers() {
        return Stream.of(Setting.NATIVE_OPEN_MPI).map(setting -> DynamicTest.dynamicTest(
                setting.toString(), () -> {
                    setting.require();
                    // A folder that is not there yet.
                    Path chart = folder.resolve(setting.transport()).resolve("objects.png");
                    Path json = folder.resolve(setting.transport() + ".json");
                    String out = Children.output(setting.ghostrow(2, "pingpong", "--objects", "--chart",
                            chart.toString(), "--json", json.toString()));
                    assertTrue(out.lines().allMatch(line -> line.length() <= 80), out);
                    for (String size : SIZES) {
                        assertEquals(1, out.lines().filter(line -> line.startsWith(size + "  ")).count(), out);
                    }
                    assertTrue(out.contains("An array of 8 KiB takes"), out);
                    assertNotNull(ImageIO.read(chart.toFile()));
                    Map<?, ?> record = (Map<?, ?>) Json.read(Files.readString(json));
                    assertEquals("pingpong", record.get("app"));
                    assertEquals(setting.transport(), record.get("transport"));
                    assertRows((List<?>) record.get("messages"));
                }));
    }

    private static void assertRows(List<?> rows) {
        assertEquals(BYTES, rows.stream().map(row -> number(row, "bytes").longValue()).toList());
        for (Object row : rows) {
            for (String key : List.of("bufferMicroseconds", "objectMicroseconds", "listMicroseconds",
                    "writeMicroseconds", "readMicroseconds", "factor")) {
                assertTrue(number(row, key).doubleValue() > 0, key + " of " + row);
            }
            assertTrue(number(row, "serializedBytes").longValue() > number(row, "bytes").longValue(), row.toString());
            assertEquals(number(row, "objectMicroseconds").doubleValue() / number(row, "bufferMicroseconds").doubleValue(),
                    number(row, "factor").doubleValue(), 1e-9);
        }
    }

    private static Number number(Object row, String key) {
        return (Number) ((Map<?, ?>) row).get(key);
    }

    @Test
    void theChartIsWellFormed() throws Exception {
        Path file = folder.resolve("objects.svg");
        new ObjectCosts(List.of(row(8, 0.2, 3.7, 0.3, 0.8), row(8192, 4, 15, 3, 2))).draw(file);
        assertEquals("svg", DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile())
                .getDocumentElement().getTagName());
    }

    @Test
    void theCauseIsWhatWasMeasured() {
        Row shortest = row(8, 0.2, 3.7, 0.3, 0.8);
        String both = ObjectCosts.cause(shortest, row(8192, 4, 15, 3, 2));
        assertTrue(both.contains("8 KiB takes 11.0 us more") && both.contains("3.0 us to write and 2.0 us to read")
                && both.contains("the other 6.0 us") && both.contains("(0.2 us)"), both);
        String serialization = ObjectCosts.cause(shortest, row(8192, 4, 15, 6, 5.1));
        assertTrue(serialization.endsWith("6.0 us to write and 5.1 us to read it."), serialization);
        assertTrue(ObjectCosts.cause(shortest, row(8192, 4, 3, 6, 5)).contains("no longer as an object"));
        for (String cause : List.of(both, serialization, ObjectCosts.cause(row(8, 9999, 1, 1, 1),
                row(8192, 9999, 99_999, 9999, 9999)))) {
            assertFalse(cause.lines().anyMatch(line -> line.length() > 80), cause);
        }
    }

    private static Row row(long bytes, double buffer, double array, double write, double read) {
        return new Row(bytes, bytes + 27, batches(buffer), batches(array), batches(2 * array), batches(write),
                batches(read));
    }

    private static Batches batches(double quick) {
        return new Batches(quick, 1.2 * quick);
    }

    @Test
    void whatCannotWorkIsRefused() {
        SmallRun.refused("pingpong takes 2 ranks, not 1", PingPong::new, "--objects", "--ranks", "1");
        SmallRun.refused("pingpong takes 2 ranks, not 3", PingPong::new, "--objects", "--ranks", "3");
        SmallRun.refused("choose one", PingPong::new, "--objects", "--exchange");
        SmallRun.refused("--chart x.svg: draws what --objects measures", PingPong::new, "--chart", "x.svg");
        SmallRun.refused("--chart x.gif: expected a file that ends in .svg or .png", PingPong::new, "--objects", "--chart",
                "x.gif");
        SmallRun.refused("'--digest'", PingPong::new, "--digest");
        // Before anything is measured.
        SmallRun.refused("--chart pom.xml/x.svg: cannot be written, since ", PingPong::new, "--objects", "--transport",
                "mpj", "--chart", "pom.xml/x.svg");
    }
}
