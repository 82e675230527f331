package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun;
import ghostrow.data.SnapshotReader;
import ghostrow.kernel.Stencils;
import ghostrow.run.Program;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused in one line, before anything is started or written. */
class BadInputTest {
    private static final String GOOD = "D = 1.0;\nx1 = -10.0;\nx2 = 10.0;\nruntime = 1.0;\ndx = 0.5;\nouttime = 0.5;\n"
            + "graphics = False;\n";

    private record Case(String why, List<String> words) {
    }

    private static Case set(String value, String why) {
        return new Case(why, List.of("--set", value));
    }

    private static Case with(String why, String... words) {
        return new Case(why, List.of(words));
    }

    @TestFactory
    Stream<DynamicTest> badParametersAndOptionsOfDiffusion(@TempDir Path folder) {
        return Stream.of(
                set("dx=0", "dx"), set("dx=-1", "dx"), set("dx=nan", "dx"), set("dx=21", "larger than the domain"),
                set("dx=zero", "dx"), set("x2=-10", "x2"), set("x2=-11", "x1"), set("D=0", "D"), set("D=-1", "D"),
                set("runtime=-1", "runtime"), set("outtime=-0.5", "outtime"), set("runtim=1", "runtime"),
                set("dx=0.00002", "bytes"), set("dx=1e-7", "bytes"),
                with("rows", "--ranks", "41", "--set", "dx=0.5"),
                with("thinnest strip", "--ranks", "4", "--ghosts", "11", "--set", "dx=0.5"),
                with("--threads 0", "--threads", "0"), with("--threads", "--threads", "1000000"),
                with("--ghosts 0", "--ghosts", "0"), with(String.join(", ", rungs()), "--kernel", "fastest"),
                with("exchange", "--exchange", "pigeon"), with("--snapshots", "--snapshots", "often"),
                with("--checkpoint-every", "--checkpoint-every", "-1"),
                with("--checkpoint-every", "--checkpoint-every", "nan"),
                with("snapshots", "--set", "outtime=0", "--set", "runtime=3000"),
                with("a folder", "--json", "src"), with("a file", "--json", "pom.xml/record.json"),
                with("is a file", "--out", "pom.xml"), with("cannot be created", "--out", "/proc/ghostrow"))
                .map(c -> DynamicTest.dynamicTest(String.join(" ", c.words), () -> {
                    Path out = folder.resolve("out");
                    List<String> words = new ArrayList<>(List.of("diffusion"));
                    if (!c.words.contains("--out")) {
                        words.addAll(List.of("--out", out.toString()));
                    }
                    words.addAll(c.words);
                    refused(Program.run(words.toArray(String[]::new)), c.why);
                    assertFalse(Files.exists(out), "something was written");
                }));
    }

    @TestFactory
    Stream<DynamicTest> badParameterFiles(@TempDir Path folder) {
        return Stream.of(new Case("dx", List.of(GOOD.replace("dx = 0.5;\n", ""))),
                new Case("did you mean 'runtime'", List.of(GOOD.replace("runtime", "runtme"))),
                new Case(":8: 'D' is set again", List.of(GOOD + "D = 2.0;\n")),
                new Case(":2: found", List.of(GOOD.replace("-10.0", "minus ten"))),
                new Case("graphics", List.of(GOOD.replace("False", "perhaps"))))
                .map(c -> DynamicTest.dynamicTest(c.why, () -> {
                    Path file = Files.writeString(folder.resolve("p.params"), c.words.getFirst());
                    Path out = folder.resolve("out");
                    refused(Program.run("diffusion", file.toString(), "--out", out.toString()), c.why);
                    assertFalse(Files.exists(out), "something was written");
                }));
    }

    @Test
    void aParameterFileThatIsNotThere() throws Exception {
        refused(Program.run("diffusion", "no/such.params"), "no/such.params");
    }

    @TestFactory
    Stream<DynamicTest> badOptionsOfJacobi() {
        return Stream.of(with("--size 0", "--size", "0"), with("bytes", "--size", "2147483647"),
                with("--steps -1", "--steps", "-1"), with("--tolerance", "--tolerance", "0"),
                with("exclude", "--tolerance", "1", "--steps", "3"), with("--check", "--tolerance", "1", "--check", "0"),
                with("--max-steps", "--tolerance", "1", "--max-steps", "-1"), with("a folder", "--json", "src"),
                with("rows", "--size", "3", "--ranks", "4"))
                .map(c -> DynamicTest.dynamicTest(String.join(" ", c.words), () -> {
                    List<String> words = new ArrayList<>(List.of("jacobi"));
                    words.addAll(c.words);
                    refused(Program.run(words.toArray(String[]::new)), c.why);
                }));
    }

    /** All ranks read the same words: one of them speaks. What the launcher adds is its own. */
    @TestFactory
    Stream<DynamicTest> underALauncherOneRankSpeaks(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("done"));
        Files.writeString(folder.resolve("done/diffusion.vtkhdf"), "precious");
        return Mpirun.installed().stream().flatMap(mpirun -> Stream.of(
                with("dx", "--set", "dx=0", "--out", folder.resolve("new").toString()),
                with("is a file", "--out", "pom.xml"),
                with("exists already", "--out", folder.resolve("done").toString()),
                with("is not an HDF5 file", "--restart", "--out", folder.resolve("done").toString()))
                .map(c -> DynamicTest.dynamicTest(mpirun.library().title() + ": " + c.why, () -> {
                    List<String> words = new ArrayList<>(List.of("diffusion"));
                    words.addAll(c.words);
                    try (Program program = Program.startUnder(mpirun, 2, words.toArray(String[]::new))) {
                        Program.Outcome outcome = program.end();
                        assertEquals(2, outcome.code(), outcome.toString());
                        List<String> ours = outcome.err().lines().filter(line -> line.contains("ghostrow: ")).toList();
                        assertEquals(1, ours.size(), outcome.toString());
                        assertTrue(ours.getFirst().contains(c.why), outcome.toString());
                    }
                    assertFalse(Files.exists(folder.resolve("new")));
                    assertEquals("precious", Files.readString(folder.resolve("done/diffusion.vtkhdf")));
                })));
    }

    @Test
    void resultsAreKeptUnlessForced(@TempDir Path folder) throws Exception {
        String[] words = {"diffusion", "--set", "dx=0.5", "--set", "runtime=1", "--out", folder.toString()};
        assertEquals(0, Program.run(words).code());
        refused(Program.run(words), "exists already");
        String[] forced = Stream.concat(Stream.of(words), Stream.of("--force")).toArray(String[]::new);
        assertEquals(0, Program.run(forced).code());
    }

    @Test
    void picturesAreDrawnOfSnapshotFilesOnly(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("foreign.vtkhdf"), "something else");
        refused(Program.run("picture", file.toString()), "is not an HDF5 file");
        refused(Program.run("picture", folder.resolve("nothing").toString()), "no such file");
        refused(Program.run("picture", folder.toString()), "is a folder");
        assertEquals(0, Program.run("diffusion", "--set", "dx=0.5", "--set", "runtime=1", "--out", folder.toString())
                .code());
        Path good = folder.resolve("diffusion.vtkhdf");
        refused(Program.run("picture", good.toString(), "--step", "99"), "--step 99");
        refused(Program.run("picture", good.toString(), "--palette", "rainbow"), "viridis");
        byte[] bytes = Files.readAllBytes(good);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        refused(Program.run("picture", file.toString()), "is cut off");
    }

    @Test
    void kernelsAreListed() throws Exception {
        for (String app : List.of("diffusion", "jacobi")) {
            Program.Outcome list = Program.run(app, "--kernel", "list");
            assertEquals(0, list.code());
            assertEquals(rungs(), list.out().lines().map(l -> l.split(" ")[0]).toList());
        }
    }

    @Test
    void aDiskThatFillsUpEndsTheRunAndSparesTheSnapshotsBefore(@TempDir Path folder) throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Needs.machine(Children.works("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
                "a full disk, since nothing can be mounted here");
        try {
            for (Setting setting : List.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ)) {
                setting.require();
                Files.deleteIfExists(disk.resolve("diffusion.vtkhdf"));
                Files.deleteIfExists(disk.resolve("ghostrow.lock"));
                Program.Outcome outcome = Program.run(setting, 2, "diffusion", "--set", "dx=0.1", "--set", "runtime=10",
                        "--out", disk.toString());
                assertEquals(1, outcome.code(), outcome.toString());
                List<String> ours = outcome.err().lines().filter(line -> line.contains("ghostrow: ")).toList();
                assertEquals(1, ours.size(), outcome.toString());
                assertTrue(ours.getFirst().contains("No space left"), outcome.toString());
                try (SnapshotReader reader = SnapshotReader.open(disk.resolve("diffusion.vtkhdf"))) {
                    assertTrue(reader.complete() >= 3 && reader.complete() < 21, "" + reader.complete());
                    // Read by others as well.
                    assertEquals(reader.complete(), OtherReader.completeSnapshots(reader.path()));
                }
            }
        } finally {
            Children.output(Children.launch("umount", disk.toString()));
        }
    }

    private static List<String> rungs() {
        return GridRungs.all().stream().map(Stencils::label).toList();
    }

    private static void refused(Program.Outcome outcome, String why) {
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(why), outcome.err());
    }
}
