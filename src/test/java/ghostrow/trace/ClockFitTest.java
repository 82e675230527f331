package ghostrow.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Setting;
import ghostrow.spmd.SpmdRun;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What round trips say of clocks that are known to be the same: nothing more than they may be wrong. */
class ClockFitTest {

    @TestFactory
    Stream<DynamicTest> theOffsetIsNoLargerThanItsError() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ)
                .map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
                    setting.require();
                    try (SpmdRun run = new SpmdRun(setting, 3, List.of(), Clocks.class)) {
                        assertEquals(0, run.awaitEnd(Duration.ofSeconds(60)));
                        List<String> said = run.lines().stream().map(line -> line.text())
                                .filter(text -> text.startsWith("clock ")).sorted().toList();
                        assertEquals(3, said.size(), said.toString());
                        assertTrue(said.stream().allMatch(text -> text.endsWith(" shared sound")), said.toString());
                    }
                }));
    }

    /** Each rank's fit. */
    public static final class Clocks {
        private Clocks() {
        }

        public static void main(String[] args) {
            Setting.find(args[1]).run(Integer.parseInt(args[3]), comm -> {
                boolean shared = ClockFit.isShared(comm);
                ClockFit fit = ClockFit.of(comm);
                boolean sound = Math.abs(fit.offset()) <= fit.error() && fit.error() < 1_000_000_000;
                System.out.println("clock " + comm.rank() + (shared ? " shared" : " apart") + (sound ? " sound"
                        : " off by " + fit.offset() + ", said to be within " + fit.error()));
            });
        }
    }
}
