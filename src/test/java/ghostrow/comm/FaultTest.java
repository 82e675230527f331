package ghostrow.comm;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ghostrow.comm.Fault.Kind;
import ghostrow.spmd.Setting;
import ghostrow.spmd.SpmdRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever happens to one rank, the whole job ends soon, says which rank it was, and leaves nothing behind.
 */
class FaultTest {
    /** A job that does not end would wait for ever; how busy the machine is may not decide. */
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(45);
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** What can happen to a rank that shares its process with all others. */
    private static final Set<Kind> WITHIN_ONE_JVM =
            EnumSet.of(Kind.THROWS, Kind.THREAD_THROWS, Kind.EXITS_WITH_0, Kind.EXITS_WITH_3,
                    Kind.ABORTS_WITH_77);

    /** Its launcher and its library are those of the native transport; what is its own is how it leaves. */
    private static final Set<Kind> THROUGH_THE_BINDINGS = EnumSet.of(Kind.THROWS, Kind.EXITS_WITH_0,
            Kind.ABORTS_WITH_77, Kind.KILLED, Kind.THROWS_BESIDE_A_COUNTER, Kind.THROWS_AMID_AN_EXCHANGE,
            Kind.STALLS_AN_EXCHANGE);

    /** Where scopes are left in ways of their own; elsewhere a rank that throws in one is a rank that throws. */
    private static final Map<Kind, Set<Setting>> ONLY_ON = Map.of(
            Kind.THROWS_BESIDE_A_COUNTER, Set.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.OPENMPI),
            Kind.THROWS_BEFORE_A_COUNTER, Set.of(Setting.NATIVE_OPEN_MPI, Setting.MPJ_CLUSTER),
            Kind.THROWS_AMID_AN_EXCHANGE, Set.of(Setting.NATIVE_MPICH, Setting.OPENMPI, Setting.MPJ_CLUSTER),
            Kind.STALLS_A_RECEIVE, Set.of(Setting.NATIVE_OPEN_MPI),
            Kind.STALLS_AN_EXCHANGE, Set.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.OPENMPI),
            Kind.STALLS_A_BARRIER, Set.of(Setting.NATIVE_MPICH));

    /** As ranks of several machines do, whose counter is a window of their library. */
    private static final List<String> COUNT_BY_THE_LIBRARY = List.of("-D" + MachineCounter.PROPERTY + "=false");

    /** Where the memory of ranks on one machine has a name while they meet. */
    private static final Path MEMORY = Path.of("/dev/shm");

    @TestFactory
    Stream<DynamicTest> aFaultyRankEndsTheWholeJob() {
        return Setting.allAndCheck().flatMap(setting -> Stream.of(Kind.values())
                .filter(kind -> kind != Kind.WAITS)
                .filter(kind -> !setting.isOneJvm() || WITHIN_ONE_JVM.contains(kind))
                .filter(kind -> !ONLY_ON.containsKey(kind) || ONLY_ON.get(kind).contains(setting))
                .filter(kind -> !setting.equals(Setting.OPENMPI) || THROUGH_THE_BINDINGS.contains(kind))
                .map(kind -> dynamicTest(setting + ": rank " + kind, () -> fault(setting, kind))));
    }

    @TestFactory
    Stream<DynamicTest> aTerminatedLauncherEndsTheWholeJob() {
        return Setting.allAndCheck().map(setting -> dynamicTest(setting.toString(), () -> terminate(setting)));
    }

    /** Three times as long as the limit; what the others do meanwhile shows that it is no wonder. */
    @Test
    void aRankThatWorksLongIsWaitedFor() {
        Setting.NATIVE_OPEN_MPI.require();
        try (SpmdRun run = new SpmdRun(Setting.NATIVE_OPEN_MPI, 2, List.of(), LongWork.class)) {
            if (run.awaitEnd(START) != 0 || run.linesWith("waited for").count() != 1) {
                throw run.failure("ended before its time");
            }
        }
    }

    private static void fault(Setting setting, Kind kind) throws IOException {
        setting.require();
        int ranks = setting.equals(Setting.SELF) ? 1 : 3;
        try (SpmdRun run = new SpmdRun(setting, ranks,
                kind == Kind.THROWS_BESIDE_A_COUNTER ? COUNT_BY_THE_LIBRARY : List.of(), Fault.class,
                "--kind", kind.name())) {
            // One is enough: the others may have no time to speak before the job ends.
            run.awaitLines(1, Fault.waiting(ranks / 2), START);
            int code = run.awaitEnd(END);
            expectFailure(run, code);
            if (kind == Kind.ABORTS_WITH_77 && code != 77 || kind == Kind.EXITS_WITH_3 && code != 3) {
                throw run.failure("ended with exit code " + code);
            }
            String words = lastWords(setting, kind, ranks / 2);
            if (run.linesWith(words).findAny().isEmpty()) {
                throw run.failure("does not say '" + words + "'");
            }
            expectNoFileOf(run);
        }
    }

    /**
     * A killed rank cannot speak: its launcher has to. MPICH's knows ranks by their processes alone, and names the
     * first of those that ended so, which may be one that it has killed itself; that a rank was killed it does say.
     */
    private static String lastWords(Setting setting, Kind kind, int rank) {
        return switch (kind) {
            case KILLED -> setting.equals(Setting.NATIVE_MPICH) ? "Killed (signal 9)" : "rank " + rank;
            case STALLS_A_RECEIVE -> " s for rank " + rank + " (MPI_Recv, after step 7)";
            case STALLS_AN_EXCHANGE -> " s for rank " + rank + " (exchange, after step 7)";
            case STALLS_A_BARRIER -> " s for other ranks (MPI_Barrier, after step 7)";
            default -> "rank " + rank;
        };
    }

    private static void terminate(Setting setting) {
        setting.require();
        int ranks = setting.equals(Setting.SELF) ? 1 : 3;
        try (SpmdRun run = new SpmdRun(setting, ranks, List.of(), Fault.class, "--kind", Kind.WAITS.name())) {
            run.awaitLines(ranks, "waiting, ", START);
            run.terminate();
            expectFailure(run, run.awaitEnd(END));
        }
    }

    /** A counter's file bears the number of the process that made it. */
    private static void expectNoFileOf(SpmdRun run) throws IOException {
        Set<String> processes = run.linesWith("as process ").map(line -> line.text().replaceAll(".* ", ""))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(MEMORY)) {
            List<Path> left = files.filter(file -> processes.stream()
                    .anyMatch(process -> file.getFileName().toString().startsWith("ghostrow-" + process + "-")))
                    .toList();
            if (!left.isEmpty()) {
                throw run.failure("left behind " + left);
            }
        }
    }

    private static void expectFailure(SpmdRun run, int code) {
        if (code == 0) {
            throw run.failure("ended with exit code 0");
        }
        List<ProcessHandle> left = run.survivors(GRACE);
        if (!left.isEmpty()) {
            throw run.failure("left behind " + left);
        }
    }
}
