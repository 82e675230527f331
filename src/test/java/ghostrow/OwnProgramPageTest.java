package ghostrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.SnapshotReader;
import ghostrow.run.Digest;
import ghostrow.run.Program;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of README's "Your own program" are those of src/examples, and do what stands there. */
class OwnProgramPageTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## Your own program\n(.*?)^## ");
    private static final Pattern PROGRAM = Pattern.compile("(?ms)^```java\n(.*?)^```\n");
    private static final int KILLED_AFTER = 2;

    @TempDir
    private Path folder;
    private String section;

    @BeforeEach
    void readsThePage() throws IOException {
        section = SECTION.matcher(Files.readString(Path.of("README.md"))).results().findFirst().orElseThrow().group(1);
    }

    @Test
    void thePageHasTheExamplesAsTheyAre() throws IOException {
        List<String> shown = PROGRAM.matcher(section).results().map(program -> program.group(1)).toList();
        assertEquals(List.of(example("Ring"), example("Heat")), shown);
        assertEquals(List.of(12L, 40L), shown.stream().map(program -> program.lines().count()).toList());
    }

    private static String example(String name) throws IOException {
        return Files.readString(Path.of("src/examples", name + ".java"));
    }

    @Test
    void itsCommandsRun() throws Exception {
        Needs.build();
        List<MatchResult> programs = PROGRAM.matcher(section).results().toList();
        Files.writeString(folder.resolve("Ring.java"), programs.get(0).group(1));
        Files.writeString(folder.resolve("Heat.java"), programs.get(1).group(1));
        List<String> lines = PROGRAM.matcher(section).replaceAll("").lines()
                .filter(line -> line.startsWith("    ./ghostrow ") || line.startsWith("        I am ")).toList();
        List<PageCommands.Command> commands = PageCommands.of(lines);
        assertTrue(commands.size() >= 4, commands.toString());
        for (PageCommands.Command command : commands) {
            command.check(folder);
        }
        assertEquals(appsDigest(), digest(folder.resolve("out/heat.vtkhdf")));
    }

    private String appsDigest() throws Exception {
        Map<String, Object> app = Program.run("diffusion", "--set", "dx=0.1", "--set", "runtime=5.001", "--snapshots",
                "none", "--out", folder.resolve("app").toString(), "--digest", "--json", "-").record();
        assertEquals(2000L, app.get("steps"));
        return (String) app.get("digest");
    }

    @Test
    void itsErrorIsTheCompilersAndIsToldOnce() throws Exception {
        Needs.build();
        Path file = Files.writeString(folder.resolve("Ring.java"), example("Ring").replace("sendrecv", "sendRecv"));
        Program.Outcome outcome = Program.run("run", "--ranks", "2", file.toString());
        assertEquals(2, outcome.code(), outcome.toString());
        List<String> said = outcome.err().lines().toList();
        assertTrue(said.getFirst().startsWith("ghostrow: Ring.java:8: error: "), outcome.err());
        assertEquals(1, said.stream().filter(line -> line.contains("error: ")).count(), outcome.err());
        assertTrue(section.contains(("    " + String.join("\n    ", said.subList(0, 3))).replace("ghostrow: ", "")),
                outcome.err());
    }

    /** A run of two ranks, which the commands above have to the end, is killed amid it and gone on with by three. */
    @Test
    void theDiffusionHasTheBitsOfTheAppAlsoWhenItWasKilled() throws Exception {
        Needs.build();
        String expected = appsDigest();
        Path heat = folder.resolve("heat.vtkhdf");
        Path program = Files.writeString(folder.resolve("Heat.java"),
                example("Heat").replace("out/heat.vtkhdf", heat.toString()).replace("film.draw();", ""));
        run("1", program.toString());
        assertEquals(expected, digest(heat));
        Files.delete(heat);
        try (Program killed = Program.start("run", "--ranks", "2", program.toString())) {
            while (killed.launcher().isAlive() && complete(heat) < KILLED_AFTER) {
                Thread.sleep(5);
            }
            killed.kill();
        }
        assertTrue(complete(heat) >= KILLED_AFTER && complete(heat) < 11, complete(heat) + " snapshots");
        run("3", program.toString(), "--restart");
        assertEquals(expected, digest(heat));
    }

    private static void run(String ranks, String... program) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "--ranks", ranks));
        words.addAll(List.of(program));
        Program.Outcome outcome = Program.run(words.toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.toString());
    }

    private static long complete(Path file) {
        if (!Files.exists(file)) {
            return 0;
        }
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            return reader.complete();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    /** Of the last snapshot, as a run takes it of its field. */
    private static String digest(Path file) throws IOException {
        String[] digest = new String[1];
        try (SnapshotReader reader = SnapshotReader.open(file); Arena arena = Arena.ofConfined()) {
            long rows = reader.layout().rows();
            long bytes = reader.layout().rowBytes();
            MemorySegment all = arena.allocate(rows * bytes, Double.BYTES);
            reader.readRows(reader.complete() - 1, 0, rows, all, bytes);
            Setting.find("self").run(1, comm -> digest[0] = Digest.of(comm, rows, row -> all.asSlice(row * bytes, bytes)));
        }
        return digest[0];
    }
}
