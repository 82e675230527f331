package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ten sums come out right, whoever adds. */
class SumTest {

    @Test
    void theLoopAddsWhatTheFormulaSays() {
        for (long n : new long[] {1, 2, 1000, 5_000_000}) {
            assertEquals(n * (n - 1) / 2, Sum.sum(n));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyWayGivesTheSame() {
        return SmallRun.on(Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ),
                (_, _, said) -> assertAll(said, "4995000 "), "sum", "1000", "--threads", "3");
    }

    @Test
    void thePublishedSumIsTheDefault() throws Exception {
        Map<String, String> said = SmallRun.alone("sum");
        assertEquals("10 of 0 to 4999999, 12499997500000 each", said.get("sums"));
        assertAll(said, "124999975000000 ");
        assertTrue(said.get("published").contains("38.48 s"), said.toString());
    }

    private static void assertAll(Map<String, String> said, String number) {
        for (String way : List.of("serial", "threads", "ranks")) {
            assertTrue(said.get(way).startsWith(number), said.toString());
        }
    }

    @Test
    void whatCannotWorkIsRefused() {
        SmallRun.refused("N -1: between 1 and", Sum::new, "-1");
        SmallRun.refused("N 1000000001: between 1 and", Sum::new, "1000000001");
        SmallRun.refused("--threads 0: between 1 and", Sum::new, "--threads", "0");
        SmallRun.refused("'6'", Sum::new, "5", "6");
    }
}
