package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one rank finds and another does not, as on nodes with disks of their own: here each has a working folder of
 * its own. The rank that cannot go on says so, and all end; none waits for one that has left.
 */
class MachinesDifferTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Library.class)
    void aFileThatOneRankLacksEndsAllWithItsName(Library library) throws Exception {
        Path with = Files.createDirectory(folder.resolve("with"));
        Path without = Files.createDirectory(folder.resolve("without"));
        Files.copy(Path.of("params/diff2d-small.params"), with.resolve("case.params"),
                StandardCopyOption.REPLACE_EXISTING);

        String all = end(library, with, without, "case.params");
        assertTrue(all.contains("rank 1 on ") && all.contains("case.params: no such parameter file"), all);

        String first = end(library, without, with, "case.params");
        assertTrue(first.contains("rank 0 on ") && first.contains("case.params: no such parameter file"), first);

        String both = end(library, without, without, "case.params");
        assertTrue(!both.contains("rank 0 on ") && both.contains("case.params: no such parameter file"), both);
        assertEquals(1, both.lines().filter(line -> line.contains("no such parameter file")).count(), both);
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void aRecordThatRankZeroCannotWriteEndsAllBeforeAnyStep(Library library) throws Exception {
        Path with = Files.createDirectory(folder.resolve("with"));
        Path without = Files.createDirectory(folder.resolve("without"));
        Files.createDirectory(without.resolve("record"));
        String said = end(library, without, with, null, "jacobi", "--size", "100", "--steps", "3", "--json", "record");
        assertTrue(said.contains("--json record") && !said.contains("grid "), said);
    }

    /** Runs two ranks in two folders; they must end with code 2. What they said. */
    private String end(Library library, Path first, Path second, String parameters, String... words) throws Exception {
        Mpirun mpirun = Mpirun.find(library).orElse(null);
        Needs.software(mpirun != null, library.title() + " is not here");
        String program = Path.of("ghostrow").toAbsolutePath() + " " + (parameters == null
                ? Stream.of(words).collect(Collectors.joining(" "))
                : "diffusion " + parameters + " --snapshots none --out " + folder.resolve("out"));
        // Each rank goes to its folder by itself, the first of the two that the launcher numbers 0.
        String shell = "if [ ${OMPI_COMM_WORLD_RANK:-$PMI_RANK} = 0 ]; then cd " + first + "; else cd " + second
                + "; fi; exec " + program;
        List<String> command = mpirun.command(2, List.of("sh", "-c", shell));
        Launch launch = Children.launch(command, Duration.ofSeconds(90));
        mpirun.prepare(launch.environment());
        Ended ended = Children.end(launch);
        String text = ended.out() + ended.err();
        assertEquals(2, ended.code(), text);
        return text;
    }
}
