package ghostrow.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.app.ProfileCommand;
import ghostrow.app.small.Ring;
import ghostrow.data.InputException;
import ghostrow.data.Json;
import ghostrow.profile.page.Browser;
import ghostrow.run.AppRun;
import ghostrow.run.Program;
import ghostrow.run.Program.Outcome;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs with --profile, as users start them, and what is left of them. */
class ProfileRunTest {
    private static final String ASYNC = "async-profiler";

    @TempDir
    private Path folder;

    @BeforeAll
    static void built() {
        Needs.build();
    }

    private record Run(Setting setting, int ranks, String sampler, List<String> words) {
    }

    /** Each way of starting ranks, each sampler, each thing to profile, in pairs. */
    @TestFactory
    Stream<DynamicTest> everyLauncherLeavesTheSameKindOfProfile() {
        return Stream.of(
                new Run(Setting.SELF, 1, "jfr", List.of("jacobi", "--size", "600", "--steps", "6000", "--profile=memory")),
                new Run(Setting.NATIVE_OPEN_MPI, 4, ASYNC, List.of("jacobi", "--size", "600", "--steps", "1500",
                        "--exchange", "sendrecv", "--profile=all")),
                new Run(Setting.NATIVE_MPICH, 2, "jfr", List.of("jacobi", "--size", "600", "--steps", "6000", "--profile")),
                new Run(Setting.MPJ, 3, ASYNC, List.of("jacobi", "--size", "600", "--steps", "2000", "--threads", "2",
                        "--profile=lines")),
                new Run(Setting.MPJ_CLUSTER, 2, ASYNC, List.of("ring", "--profile")),
                new Run(Setting.OPENMPI, 2, ASYNC, List.of("slow", "allocating", "--steps", "50", "--profile=memory")))
                .map(run -> DynamicTest.dynamicTest(run.setting + ", " + run.sampler + ", " + run.words, () -> check(run)));
    }

    private void check(Run run) throws Exception {
        run.setting.require();
        Path profile = Files.createTempDirectory(folder, "p").resolve("profile");
        List<String> words = new ArrayList<>(run.words);
        words.addAll(List.of("--sampler", run.sampler, "--profile-dir", profile.toString()));
        Outcome outcome = Program.run(run.setting, run.ranks, words.toArray(String[]::new));
        assertEquals("0 ", outcome.code() + " " + outcome.err(), outcome.toString());
        assertTrue(outcome.out().contains("samples by " + run.sampler), outcome.out());
        assertTrue(outcome.out().contains("function (by own)") || run.words.contains("ring"), outcome.out());
        assertTrue(!outcome.out().contains("left no profile"), outcome.out());
        for (String file : List.of("functions.csv", "lines.csv", "memory.csv", "mpi.csv", "collapsed.txt")) {
            assertTrue(Files.size(profile.resolve(file)) > 0, file);
        }
        Map<String, List<Double>> calls = calls(profile);
        if (run.words.contains("ring")) {
            assertEquals(List.of(1.0, 1.0), calls.get("sendrecv"), calls.toString());
        }
        if (run.words.contains("sendrecv")) {
            // Two a step, of each rank; those to nobody are calls as well.
            assertEquals(4, calls.get("sendrecv").size());
            assertEquals(1, calls.get("sendrecv").stream().distinct().count(), calls.toString());
        }
        valid(profile.resolve("profile.speedscope.json"), "speedscope-schema.json");
        valid(profile.resolve("trace.json"), "trace-event-schema.json");
        assertEquals(run.ranks, ((List<?>) ((Map<?, ?>) Json.read(Files.readString(
                profile.resolve("profile.speedscope.json")))).get("profiles")).size());
        seesTheKernel(run, profile);
        if (run.words.contains("--profile=all")) {
            opens(profile.resolve("profile.html"));
        }
    }

    /** In a real browser, which has nothing to complain of; what is on the page has tests of its own. */
    private void opens(Path page) throws Exception {
        try (Browser browser = new Browser(folder)) {
            browser.load(page);
            assertEquals(List.of(), browser.complaints());
            assertEquals(List.of(page.toUri().toString()), browser.requests());
            for (String view : List.of("#timeline", "#flame", "#map", "#messages")) {
                assertEquals(true, browser.evaluate("document.querySelector('" + view
                        + " canvas').getContext('2d').getImageData(0, 0, 600, 100).data.some(value => value > 0)"), view);
            }
            String text = (String) browser.evaluate("document.body.innerText");
            assertTrue(text.contains("Comm.sendrecv") && text.contains("jacobi"), text);
        }
        assertTrue(Files.size(page) < 3_000_000, Files.size(page) + " bytes");
    }

    private static void seesTheKernel(Run run, Path profile) throws IOException {
        List<String> functions = Files.readAllLines(profile.resolve("functions.csv"));
        if (run.words.contains("jacobi")) {
            assertTrue(functions.stream().anyMatch(line -> line.startsWith("ghostrow.kernel.")), functions.toString());
        }
        if (run.words.contains("--profile=lines")) {
            assertTrue(Files.readString(profile.resolve("lines.csv")).contains("ghostrow/kernel/"), "no line of a kernel");
        }
        if (run.words.contains("allocating")) {
            Map<?, ?> record = (Map<?, ?>) Json.read(Files.readString(profile.resolve("ranks/rank-0.json")));
            assertEquals(true, record.get("seesAllocation"));
            String line = Files.readAllLines(profile.resolve("lines.csv")).stream()
                    .filter(each -> each.contains("BeginnersPlate.step")).reduce((one, other) -> bytes(one) > bytes(other)
                            ? one : other).orElseThrow();
            // Half of 1000 rows a rank, 50 times: 400 MB, of which samples know a part.
            assertTrue(bytes(line) > 200e6 && bytes(line) < 600e6, line);
        }
    }

    private static double bytes(String line) {
        return Double.parseDouble(line.split(",")[7]);
    }

    /** Calls by name, those of each rank. */
    private static Map<String, List<Double>> calls(Path profile) throws IOException {
        return Csv.open(profile.resolve("mpi.csv")).rows().stream().collect(java.util.stream.Collectors.groupingBy(
                row -> row.text("call"), java.util.stream.Collectors.mapping(row -> Double.valueOf(row.text("calls")),
                        java.util.stream.Collectors.toList())));
    }

    private static void valid(Path file, String schema) throws Exception {
        Needs.software(Children.works("/usr/bin/python3", "-c", "import jsonschema"), "no python3 with jsonschema here");
        Children.output(Children.launch("/usr/bin/python3", "-c", """
                import json, sys, jsonschema
                jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))
                """, file.toString(), "src/test/resources/ghostrow/profile/" + schema));
    }

    /** Rank 2 of 4 sleeps at each step: who waits for it says so, it is blamed, and the share is the one that must be. */
    @Test
    void aLateRankIsNamed() throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        Path profile = folder.resolve("late");
        Outcome outcome = Program.run(Setting.NATIVE_OPEN_MPI, 4, "slow", "late", "--size", "100", "--steps", "200",
                "--pause", "8", "--profile", "--profile-dir", profile.toString());
        assertEquals(0, outcome.code(), outcome.toString());
        String said = outcome.out().replaceAll("\n  ", " ");
        assertTrue(said.contains("rank 2 comes late by its own doing"), said);
        assertTrue(said.contains("rank 2 neither computed nor called for"), said);
        // Rank 1 waits at each step for as long as rank 2 sleeps, which is no less than it wants to, and more on a busy machine.
        double waits = percent(said, "rank 1 waited ([0-9.]+) % of its time for rank 2");
        double outside = percent(said, "rank 2 neither computed nor called for [^(]*\\(([0-9.]+) %");
        double seconds = Double.parseDouble(said.replaceAll("(?s).*\ntime +([0-9.]+) s.*", "$1"));
        double asleep = 100 * 200 * 0.008 / seconds;
        assertTrue(asleep - 15 < waits && waits < outside + 15, asleep + " % asleep: " + said);
        Matcher trips = Pattern.compile("round trips agree with that to ([0-9.]+) (us|ns|ms)").matcher(said);
        assertTrue(trips.find(), said);
    }

    private static double percent(String said, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(said);
        assertTrue(found.find(), said);
        return Double.parseDouble(found.group(1));
    }

    /** Whatever the launcher does to the others: what they had saved can be read. */
    @TestFactory
    Stream<DynamicTest> aRankThatDiesLeavesTheOthersProfiles() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH)
                .map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
                    setting.require();
                    Path profile = Files.createTempDirectory(folder, "dies").resolve("profile");
                    try (Program program = Program.start(setting, 3, "slow", "late", "--size", "300", "--steps", "100000",
                            "--profile", "--profile-dir", profile.toString())) {
                        await(() -> Stream.of(0, 1, 2).allMatch(rank -> hasEvents(profile, rank, 100)));
                        Program.signal("KILL", program.ranks().getLast());
                        assertTrue(program.end().code() != 0);
                    }
                    Outcome shown = Program.run("profile", profile.toString());
                    assertEquals(0, shown.code(), shown.toString());
                    assertTrue(shown.out().contains("sendrecv") && shown.out().contains("ended before the end of the run"),
                            shown.out());
                }));
    }

    /** Ranks that are threads of one JVM are told to end: the samples until then are there, too. */
    @Test
    void aRunThatIsToldToEndLeavesItsProfile() throws Exception {
        Setting.MPJ.require();
        Path profile = folder.resolve("fails");
        try (Program program = Program.start(Setting.MPJ, 3, "slow", "late", "--size", "300", "--steps", "100000",
                "--profile", "--profile-dir", profile.toString())) {
            // Seconds: of a few samples none need be of the method that is looked for.
            await(() -> Stream.of(0, 1, 2).allMatch(rank -> hasEvents(profile, rank, 4000)));
            Program.signal("TERM", program.launcher());
            assertTrue(program.end().code() != 0);
        }
        Outcome shown = Program.run("profile", profile.toString());
        assertTrue(shown.code() == 0 && shown.out().contains("BeginnersPlate.average"), shown.toString());
    }

    private static boolean hasEvents(Path profile, int rank, long more) {
        Path file = profile.resolve("ranks/rank-" + rank + ".json");
        try {
            return Files.exists(file) && ((Number) ((Map<?, ?>) Json.read(Files.readString(file))).get("events"))
                    .longValue() > more;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(java.util.function.BooleanSupplier there) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!there.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "nothing was saved within a minute");
            Thread.sleep(50);
        }
    }

    @Test
    void whatIsNoProfileIsRefusedInOneLine() throws Exception {
        Path results = folder.resolve("results");
        Path profile = results.resolve("profile");
        assertEquals(0, Program.run("slow", "uneven", "--size", "50", "--steps", "5", "--profile", "--profile-dir",
                profile.toString()).code());
        refused("no such folder", "profile", folder.resolve("nowhere").toString());
        refused("holds no profile: make one with --profile --out", "profile", Files.createDirectories(
                folder.resolve("empty")).toString());
        refused("did you mean lines? there are functions, lines, memory, all", "ring", "--profile=line");
        refused("did you mean own? there are own, cumulative, calls", "ring", "--profile", "--sort", "onw");
        refused("--top 0: at least 1 is needed", "profile", results.toString(), "--top", "0");
        refused("did you mean jfr?", "ring", "--profile", "--sampler", "jfrr");
        refused("is a file; choose another by --profile-dir", "ring", "--profile", "--profile-dir", "pom.xml/profile");
        refused("profile compare takes two profiles", "profile", "compare", results.toString());
        Outcome noRecorder = Program.run(Map.of("GHOSTROW_JAVA_OPTS", "--limit-modules=java.base,java.management,"
                + "jdk.management,java.desktop,jdk.unsupported,jdk.incubator.vector,java.logging"), "ring", "--profile",
                "--sampler", "jfr");
        assertEquals("2 1 true", noRecorder.code() + " " + noRecorder.err().lines().count() + " "
                + noRecorder.err().contains("no flight recorder"), noRecorder.toString());

        Path events = profile.resolve("ranks/rank-0.events");
        byte[] whole = Files.readAllBytes(events);
        Files.write(events, Arrays.copyOf(whole, whole.length / 2));
        refused("rank-0.events is cut off", "profile", results.toString());
        Files.write(events, whole);
        Path description = profile.resolve("ranks/rank-0.json");
        String text = Files.readString(description);
        Files.writeString(description, text.substring(0, text.length() / 2));
        refused("rank-0.json is damaged", "profile", results.toString());
        Files.writeString(description, text);
        Path samples = profile.resolve("ranks/process-0.jfr");
        byte[] recording = Files.readAllBytes(samples);
        Files.write(samples, Arrays.copyOf(recording, recording.length / 2));
        Outcome cut = Program.run("profile", results.toString());
        // What a killed process leaves looks alike: it is said, and the rest is shown.
        assertTrue(cut.code() == 0 && cut.out().contains("process-0.jfr"), cut.toString());
    }

    /** In this JVM, which is quicker than a new one; that it is one line on standard error, the command line's tests say. */
    private static void refused(String why, String... words) {
        Function<List<String>, Callable<Integer>> app = words[0].equals("ring") ? Ring::new : _ -> new ProfileCommand();
        InputException refusal = assertThrows(InputException.class, () -> AppRun.execute(app,
                List.of(words).subList(1, words.length)));
        assertTrue(refusal.getMessage().contains(why) && refusal.getMessage().lines().count() == 1, refusal.getMessage());
    }

    @Test
    void twoProfilesAreCompared() throws Exception {
        Path slow = folder.resolve("slow");
        Path mended = folder.resolve("mended");
        // So many that the difference is not taken for the noise of a few samples.
        Program.run("slow", "allocating", "--steps", "400", "--profile", "--profile-dir", slow.toString());
        Program.run("slow", "allocating", "--steps", "400", "--mended", "--profile", "--profile-dir", mended.toString());
        Outcome compared = Program.run("profile", "compare", slow.toString(), mended.toString());
        assertEquals(0, compared.code(), compared.toString());
        assertTrue(compared.out().lines().anyMatch(line -> line.contains(" -") && line.endsWith("BeginnersPlate.step")),
                compared.out());
        Outcome same = Program.run("profile", "compare", slow.toString(), slow.toString());
        assertTrue(same.out().contains("0.0 %") && !same.out().contains("BeginnersPlate"), same.out());
    }
}
