package ghostrow.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun;
import ghostrow.run.Program;
import ghostrow.run.Program.Outcome;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A program of the user's own, as a user runs it. */
class RunTest {
    /** Its words, and how often this rank has been here: ranks share no static field, whatever they are. */
    private static final String WORDS = """
            static int calls;

            void rank(Comm comm, String... words) {
                comm.barrier();
                IO.println("rank " + comm.rank() + " of " + comm.size() + " " + String.join(" ", words) + " " + ++calls);
            }
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void needsTheBuild() {
        Needs.build();
    }

    @TestFactory
    Stream<DynamicTest> runsOnEveryTransportWithItsOwnWords() {
        return Setting.allAndCheck().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            setting.require();
            int ranks = setting.equals(Setting.SELF) ? 1 : 3;
            List<String> words = new ArrayList<>(List.of("run", "--transport", setting.transport()));
            if (setting.isEmbedded()) {
                words.addAll(List.of("--ranks", "" + ranks));
            }
            words.addAll(List.of(write("Words.java", WORDS), "--size", "100", "--ranks", "7", "--lines=x", "--host", "y"));
            String[] line = words.toArray(String[]::new);
            Outcome outcome;
            try (Program program = setting.isEmbedded() ? Program.start(line)
                    : Program.startUnder(Mpirun.find(setting.library().orElseThrow()).orElseThrow(), ranks, line)) {
                outcome = program.end();
            }
            assertEquals(IntStream.range(0, ranks).mapToObj(rank -> "rank " + rank + " of " + ranks
                    + " --size 100 --ranks 7 --lines=x --host y 1").toList(), outcome.out().lines().sorted().toList(),
                    outcome.toString());
        }));
    }

    /** Ranks that a launcher has made find out together, and one of them says it. */
    @Test
    void whatCannotBeCompiledIsToldOnceUnderALauncher() throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        String file = write("Wrong.java", "void rank(Comm comm) { int x = \"" + folder.getFileName() + "\"; }");
        try (Program program = Program.startUnder(Mpirun.find(Mpirun.Library.OPEN_MPI).orElseThrow(), 3, "run", file)) {
            Outcome outcome = program.end();
            assertEquals(2, outcome.code(), outcome.toString());
            assertEquals(1, outcome.err().lines().filter(line -> line.contains("Wrong.java:1: error")).count(),
                    outcome.err());
        }
    }

    @Test
    void anExceptionNamesRankFileAndLine() throws Exception {
        Outcome outcome = Program.run("run", "--ranks", "2", write("Thrown.java", """
                void rank(Comm comm) {
                    if (comm.rank() == 1) {
                        below(0);
                    }
                    comm.barrier();
                }

                int below(int n) {
                    return 1 / n;
                }
                """));
        assertEquals(1, outcome.code(), outcome.toString());
        assertTrue(outcome.err().startsWith("""
                ghostrow: rank 1 of 2 failed in Thrown.java, line 9: java.lang.ArithmeticException: / by zero
                    at Thrown.below(Thrown.java:9)
                    at Thrown.rank(Thrown.java:3)
                """), outcome.err());
        assertEquals(3, outcome.err().lines().filter(line -> line.contains("Thrown")).count(), outcome.err());
    }

    @Test
    void aProgramThatExitsHasFailed() throws Exception {
        Outcome outcome = Program.run("run", write("Exit.java", "void rank(Comm comm) { System.exit(0); }"));
        assertEquals(1, outcome.code(), outcome.toString());
        assertTrue(outcome.err().contains("called exit before its program was done"), outcome.err());
    }

    @Test
    void moreClassesComeFromTheClassPath() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String part = write("a/Part.java", "package a;\npublic class Part { public static int number() { return 42; } }");
        Children.output(Children.launch(Path.of(System.getProperty("java.home"), "bin/javac").toString(), "-d",
                classes.toString(), part));
        String file = write("Parted.java", "void rank(Comm comm) { IO.println(a.Part.number()); }");
        assertEquals("42\n42\n", Program.run("run", "--ranks", "2", "--classpath", classes.toString(), file).out());
        Outcome refused = Program.run("run", "--classpath", folder.resolve("none").toString(), file);
        assertEquals(2, refused.code(), refused.toString());
        assertTrue(refused.err().contains("--classpath: there is no "), refused.err());
    }

    @Test
    void ranksBehindTheFileAreRemarkedOn() throws Exception {
        Outcome outcome = Program.run("run", write("Words.java", WORDS), "--ranks", "2");
        assertEquals("rank 0 of 1 --ranks 2 1\n", outcome.out());
        assertEquals("ghostrow: one rank, for words behind Words.java are its own; --ranks goes before it\n", outcome.err());
    }

    /** The calls of any program are counted, and its lines where that is asked for. */
    @Test
    void itsRecordAndItsLinesTellWhatItDid() throws Exception {
        String file = write("Loop.java", """
                void rank(Comm comm) {
                    for (int i = 0; i < 1000; i++) {
                        comm.allreduce(Comm.Op.MAX, i);
                    }
                }
                """);
        Map<String, Object> record = Program.run("run", "--ranks", "2", "--json", "-", file).record();
        assertEquals("run", record.get("app"));
        Map<?, ?> calls = (Map<?, ?>) ((Map<?, ?>) record.get("overRanks")).get("calls");
        Map<?, ?> allreduce = (Map<?, ?>) ((Map<?, ?>) calls.get("allreduce")).get("calls");
        assertEquals(1000.0, ((Number) allreduce.get("max")).doubleValue());
        Outcome counted = Program.run("run", "--lines", "Loop", "--profile-dir", folder.resolve("profile").toString(),
                file);
        assertTrue(counted.out().lines().anyMatch(line -> line.matches(" +3 +1000 .*comm.allreduce.*")),
                counted.toString());
    }

    /** The compiler's classes are another process's, and none of them is in the cache of every start. */
    @Test
    void noRankLoadsTheCompiler() throws Exception {
        Path log = folder.resolve("classes.log");
        Outcome outcome = Program.run(Map.of("GHOSTROW_JAVA_OPTS", "-Xlog:class+load:file=" + log), "run",
                write("Fresh.java", WORDS));
        assertEquals(0, outcome.code(), outcome.toString());
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.stream().anyMatch(line -> line.contains(" ghostrow.own.RunCommand ")), "no log of classes");
        assertEquals(List.of(), lines.stream()
                .filter(line -> line.contains(" com.sun.tools.") || line.contains(" javax.tools.")).toList());
    }

    private static String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }
}
