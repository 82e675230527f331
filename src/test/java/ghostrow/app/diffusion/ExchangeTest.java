package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** However the ghost rows come across, on a real MPI too, a run ends in the bits of one rank and of plain loops. */
class ExchangeTest {
    private static final List<String> JACOBI = List.of("jacobi", "--size", "61", "--steps", "100");
    private static final List<String> DIFFUSION = List.of("diffusion", "params/diff2d-small.params", "--set",
            "runtime=1.0", "--snapshots", "none");

    @TempDir
    private Path out;

    private record Shape(Setting setting, int ranks, String exchange, List<String> app) {
        @Override
        public String toString() {
            return setting + ", " + ranks + " ranks, " + exchange + ", " + app.getFirst();
        }
    }

    /** Every pair of library, number of ranks, exchange and app at least once. */
    private static Stream<Shape> shapes() {
        return Stream.of(
                new Shape(Setting.SELF, 1, "sendrecv", JACOBI), new Shape(Setting.SELF, 1, "persistent", DIFFUSION),
                new Shape(Setting.NATIVE_OPEN_MPI, 3, "sendrecv", DIFFUSION),
                new Shape(Setting.NATIVE_MPICH, 2, "sendrecv", JACOBI),
                new Shape(Setting.NATIVE_MPICH, 3, "persistent", DIFFUSION),
                new Shape(Setting.OPENMPI, 2, "sendrecv", JACOBI),
                new Shape(Setting.NATIVE_OPEN_MPI, 2, "persistent", JACOBI),
                new Shape(Setting.NATIVE_OPEN_MPI, 2, "overlap", JACOBI),
                new Shape(Setting.NATIVE_OPEN_MPI, 3, "overlap", DIFFUSION),
                new Shape(Setting.NATIVE_OPEN_MPI, 2, "deep", DIFFUSION),
                new Shape(Setting.NATIVE_OPEN_MPI, 3, "deep", JACOBI),
                new Shape(Setting.NATIVE_MPICH, 2, "overlap", DIFFUSION),
                new Shape(Setting.NATIVE_MPICH, 3, "overlap", JACOBI),
                new Shape(Setting.NATIVE_MPICH, 2, "deep", JACOBI),
                new Shape(Setting.OPENMPI, 3, "overlap", JACOBI), new Shape(Setting.OPENMPI, 2, "deep", DIFFUSION));
    }

    @TestFactory
    Stream<DynamicTest> everyExchangeEndsInTheBitsOfPlainLoops() throws Exception {
        Map<List<String>, String> expected = Map.of(JACOBI, PlainLoops.digest(PlainLoops.plate(61, 100)),
                DIFFUSION, PlainLoops.digest(PlainLoops.peaks(0.25, 1.0)));
        return shapes().map(shape -> DynamicTest.dynamicTest(shape.toString(), () -> {
            shape.setting.require();
            List<String> words = new ArrayList<>(shape.app);
            words.addAll(List.of("--exchange", shape.exchange, "--threads", "2", "--digest", "--json", "-"));
            if (shape.app == DIFFUSION) {
                words.addAll(List.of("--out", out.toString()));
            }
            Program.Outcome outcome = Program.run(shape.setting, shape.ranks, words.toArray(String[]::new));
            assertEquals(0, outcome.code(), outcome.toString());
            assertEquals(shape.exchange, outcome.record().get("exchange"));
            assertEquals((long) shape.ranks, outcome.record().get("ranks"));
            assertEquals(expected.get(shape.app), outcome.record().get("digest"));
        }));
    }
}
