package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Cores;
import ghostrow.comm.LibraryWish;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** What ranks may run on, as the system says of the very processes. */
class BindingTest {
    private static final Cores HERE = Cores.atHand();

    @TempDir
    private Path parent;

    private static Stream<DynamicTest> both(ThrowingConsumer<Setting> check) {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH)
                .map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> check.accept(setting)));
    }

    @TestFactory
    Stream<DynamicTest> twoRanksHaveCoresOfTheirOwn() {
        return both(setting -> {
            Needs.machine(HERE.all() && HERE.count() >= 2, "two cores at least, all of them this process's");
            List<String> allowed = allowed(setting, 2, List.of());
            assertEquals(2, new TreeSet<>(allowed).size(), allowed.toString());
        });
    }

    @TestFactory
    Stream<DynamicTest> ranksThatMustShareCoresMayUseAll() {
        return both(setting -> {
            Needs.machine(HERE.count() <= 8, "no more than eight cores, for it takes more ranks than that");
            String own = line(ProcessHandle.current());
            assertEquals(List.of(own, own), allowed(setting, 2, List.of("--threads", "" + HERE.count())));
            List<String> many = allowed(setting, HERE.count() + 1, List.of());
            assertEquals(new TreeSet<>(List.of(own)), new TreeSet<>(many));
        });
    }

    @TestFactory
    Stream<DynamicTest> ranksStayOnTheCoresThatTheUserHasChosen() {
        return both(setting -> {
            Needs.machine(Cores.processors().cardinality() >= 2, "two processors at least");
            String first = Integer.toString(Cores.processors().nextSetBit(0));
            assertEquals(List.of(first, first), allowed(setting, 2, List.of(), "taskset", "-c", first));
        });
    }

    private List<String> allowed(Setting setting, int ranks, List<String> more, String... starter) throws Exception {
        setting.require();
        Path folder = Files.createTempDirectory(parent, "bound");
        List<String> words = new ArrayList<>(List.of("diffusion", "--set", "dx=0.1", "--set", "runtime=100000", "--set",
                "outtime=10000", "--snapshots", "none", "--out", folder.toString()));
        words.addAll(more);
        words.addAll(List.of("--transport", setting.transport(), "--ranks", "" + ranks));
        List<String> by = new ArrayList<>(List.of("env", LibraryWish.VARIABLE + "="
                + (setting.equals(Setting.NATIVE_MPICH) ? "mpich" : "openmpi")));
        by.addAll(List.of(starter));
        try (Program program = Program.startBy(by, words.toArray(String[]::new))) {
            program.awaitLines(1);
            List<String> allowed = new ArrayList<>();
            for (ProcessHandle rank : program.ranks()) {
                allowed.add(line(rank));
            }
            assertEquals(ranks, allowed.size());
            return allowed;
        }
    }

    private static String line(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow()
                .substring("Cpus_allowed_list:".length()).strip();
    }
}
