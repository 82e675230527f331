package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.batch.Shell.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in jobs/ without Slurm: by bash, with a host file, and as other batch systems call them. */
class JobScriptsTest {
    private static final String[] SHORT = {"--set", "dx=0.4", "--set", "runtime=0.3", "--set", "outtime=0.1"};

    @TempDir
    private Path folder;
    private Path out;
    private Shell shell;

    /** Every path has a space in it, Ghostrow's own too. */
    @BeforeEach
    void goElsewhere() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("ghost row"), Shell.HOME);
        out = elsewhere.resolve("out");
        // Ranks that wait must not keep the cores from those that work.
        shell = new Shell(Map.of("OMPI_MCA_mpi_yield_when_idle", "1", "OMPI_MCA_btl_tcp_if_include", "lo",
                "OMPI_MCA_oob_tcp_if_include", "lo", "SITE_ENV", Shell.SITE))
                .in(elsewhere);
    }

    @AfterEach
    void removeTheLink() throws IOException {
        Files.delete(out.resolveSibling("ghost row"));
    }

    private Said job(Map<String, String> settings, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "ghost row/jobs/" + script));
        command.addAll(Arrays.asList(arguments));
        return shell.with(settings).run(command);
    }

    private RunRecord record(String run) throws IOException {
        return RunRecord.of(Files.readString(out.resolve(run).resolve("record.json")));
    }

    private String plainDigest() throws IOException {
        Said plain = job(Map.of("RUN", "plain"), "diffusion", SHORT);
        assertEquals(0, plain.code(), plain.text());
        return record("plain").digest();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"openmpi, localhost slots=3", "mpich, localhost:3"})
    void aHostFileIsGivenToTheMpirunOfEitherMpi(String mpi, String line) throws IOException {
        Path hosts = Files.writeString(out.resolveSibling("my hosts"), line + "\n");
        Said said = job(Map.of("RUN", "hosts", "MPI", mpi, "RANKS", "3", "HOSTFILE", hosts.toString()), "diffusion",
                SHORT);
        assertEquals(0, said.code(), said.text());
        assertEquals(new RunRecord(3, 1, plainDigest()), record("hosts"));
        assertTrue(Files.readString(out.resolve("runs.csv")).contains(",mpirun." + mpi + ",0,"));
    }

    /** As qsub -J calls it: from the user's home, with a list of hosts that names one for each rank. */
    @Test
    void aTaskOfAPbsArrayRunsOnTheHostsOfTheJob() throws IOException {
        Path hosts = Files.writeString(out.resolveSibling("node file"), "localhost\nlocalhost\n");
        Path home = Files.createDirectory(folder.resolve("home"));
        Said said = shell.in(home).with(Map.of("PBS_JOBID", "17[1].server", "PBS_ARRAY_INDEX", "1",
                        "PBS_NODEFILE", hosts.toString(), "PBS_O_WORKDIR", out.getParent().toString(),
                        "HOME", home.toString()))
                .run("bash", out.resolveSibling("ghost row") + "/jobs/diffusion", "--set", "dx=0.4", "--set",
                        "runtime=0.3", "--set", "outtime=0.1");
        assertEquals(0, said.code(), said.text());
        assertEquals(new RunRecord(2, 1, plainDigest()), record("diffusion-17_1_.server"));
    }

    @Test
    void aTaskOfAnLsfArrayCountsFromOne() throws IOException {
        Path hosts = Files.writeString(out.resolveSibling("slots"), "localhost\nlocalhost\n");
        Said said = job(Map.of("LSB_JOBID", "23", "LSB_JOBINDEX", "2", "LSB_DJOB_NUMPROC", "2",
                "LSB_DJOB_HOSTFILE", hosts.toString(), "MPI", "mpich"), "diffusion", SHORT);
        assertEquals(0, said.code(), said.text());
        assertEquals(new RunRecord(2, 1, plainDigest()), record("diffusion-23_1"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"FLUX_URI=local:///run/flux", "PE_HOSTFILE=/spool/hosts", "LSB_JOBID=5", "PBS_JOBID=5"})
    void noJobOfManyHostsBecomesOneRank(String word) {
        String[] variable = word.split("=");
        Said said = job(Map.of(variable[0], variable[1]), "auc", "1000");
        assertEquals(2, said.code(), said.text());
        assertTrue(said.text().contains("set RANKS, and LAUNCHER"), said.text());
        assertFalse(Files.exists(out));
    }

    @Test
    void anyOtherLauncherMayBeGivenAsALine() throws IOException {
        Said said = job(Map.of("FLUX_URI", "local:///run/flux", "RANKS", "2", "THREADS", "1", "RUN", "line", "MPI",
                "mpich", "LAUNCHER", "mpirun.mpich -np {ranks} -env OMP_NUM_THREADS {threads}"), "auc", "1000");
        assertEquals(0, said.code(), said.text());
        assertEquals(2, record("line").ranks());
    }

    /** As Open MPI 5's mpirun ends when a host was lost. */
    @Test
    void aLauncherThatEndsWithoutARecordHasFailedWhateverItsExitCode() {
        Said said = job(Map.of("RANKS", "2", "RUN", "lost", "LAUNCHER", "true {ranks}"), "auc", "1000");
        assertEquals(1, said.code(), said.text());
        assertTrue(said.text().contains("ended with exit code 0 but left no record"), said.text());
        assertFalse(Files.exists(out.resolve("runs.csv")));
    }

    @Test
    void aSweepGoesOnAfterACaseThatFailsAndDoesWhatIsMissingAlone() throws IOException {
        String[] words = {"diffusion", "--vary", "dx=0.4,-1,0.5", "--set", "runtime=0.1"};
        Said said = job(Map.of("RUN", "sweep"), "sweep", words);
        assertEquals(1, said.code(), said.text());
        assertTrue(said.text().contains("3: 2 computed, 0 reused, 1 failed"), said.text());
        Said again = job(Map.of("RUN", "sweep", "RESTART", "1"), "sweep", words);
        assertTrue(again.text().contains("3: 0 computed, 2 reused, 1 failed"), again.text());
        assertEquals(0, job(Map.of("RUN", "good"), "sweep", "diffusion", "--vary", "dx=0.4,0.5", "--set", "runtime=0.1").code());
        assertTrue(Files.readString(out.resolve("runs.csv")).contains("\"sweep diffusion --vary dx=0.4,0.5"));
    }

    @Test
    void aRestartDropsForceAndKeepsWhatIsThere() throws IOException {
        assertEquals(0, job(Map.of("RUN", "set"), "mandelbrot", "100", "50").code());
        byte[] first = Files.readAllBytes(out.resolve("set/mandelbrot.vtkhdf"));
        Said again = job(Map.of("RUN", "set", "RESTART", "1"), "mandelbrot", "100", "60", "--force");
        assertEquals(0, again.code(), again.text());
        assertTrue(again.text().contains("--force is left out"), again.text());
        assertTrue(Arrays.equals(first, Files.readAllBytes(out.resolve("set/earlier-1/mandelbrot.vtkhdf"))));
        assertFalse(Arrays.equals(first, Files.readAllBytes(out.resolve("set/mandelbrot.vtkhdf"))));
    }

    /** A file system that knows no locks, as some of clusters are, fails the very call; a folder is the lock then. */
    @Test
    void jobsTakeTurnsAtTheTableWhereFilesCannotBeLocked() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Files.writeString(programs.resolve("flock"), "#!/bin/sh\nexit 1\n");
        assertTrue(programs.resolve("flock").toFile().setExecutable(true));
        Map<String, String> environment = Map.of("PATH", programs + ":" + System.getenv("PATH"), "RUN", "second");
        Said said = shell.with(environment).run("bash", "-c", """
                mkdir -p out/runs.csv.lock
                bash 'ghost row/jobs/auc' 1000 > log 2>&1 &
                until [ -e out/runs.csv ]; do sleep 0.1; done
                sleep 1
                echo while locked $(grep -c . out/runs.csv)
                rmdir out/runs.csv.lock
                wait $! || cat log
                echo then $(grep -c . out/runs.csv)
                """);
        assertEquals(List.of("while locked 0", "then 2"), said.text().lines().toList());
        assertFalse(Files.exists(out.resolve("runs.csv.lock")));
    }

    @Test
    void theSitesSettingsAreACopyOfTheTemplateMadeAtFirstUse() throws IOException {
        Path home = Files.createDirectories(folder.resolve("my copy"));
        shell.read("cp", "-R", Shell.HOME + "/jobs", Shell.HOME + "/slurm", Shell.HOME + "/ghostrow", home.toString());
        Files.deleteIfExists(home.resolve("slurm/site.env"));
        Shell unset = shell.with(Map.of("SITE_ENV", "", "RUN", "copy", "GHOSTROW", Shell.HOME + "/ghostrow"));
        Said first = unset.run("bash", home + "/jobs/auc", "1000");
        assertEquals(0, first.code(), first.text());
        assertTrue(first.text().contains("made " + home + "/slurm/site.env from its template"), first.text());
        Path site = home.resolve("slurm/site.env");
        assertEquals(Files.readString(home.resolve("slurm/site.env.template")), Files.readString(site));
        Files.writeString(site, "MPI=mpich LAUNCHER='mpirun.mpich -np {ranks}'\n");
        Said second = unset.with(Map.of("RANKS", "2")).run("bash", home + "/jobs/auc", "1000");
        assertEquals(0, second.code(), second.text());
        assertFalse(second.text().contains("template"), second.text());
        assertTrue(Files.readString(out.resolve("runs.csv")).contains(",mpirun.mpich,"));
    }

    @ParameterizedTest(name = "{0} s of {1} s")
    @CsvSource({"5, 60, ''", "40, 60, B:USR1@160", "31, 60, B:USR1@124", "30, 60, ''"})
    void aSignalThatComesTooLateForTheCheckpointIsSaidSo(int took, int left, String advice) {
        Said said = shell.run("bash", "-c", "here='ghost row'; . 'ghost row/jobs/lib.sh'; lead " + took + " " + left);
        assertEquals(advice, said.text().isEmpty() ? ""
                : said.text().substring(said.text().indexOf("B:USR1")), said.text());
    }

    @Test
    void aWeakStudyIsOfSoManyRunsAndReportsThem() throws IOException {
        Said said = job(Map.of("RUN", "weak", "COUNTS", "1 2", "REPEATS", "2"), "weak", "jacobi", "--size", "60",
                "--steps", "20");
        assertEquals(0, said.code(), said.text());
        assertEquals(1 + 2 * 2, Files.readAllLines(out.resolve("weak/study.csv")).size());
        String report = Files.readString(out.resolve("weak/report.txt"));
        assertTrue(report.startsWith("Weak scaling of jacobi") && report.contains("Gustafson"), report);
    }
}
