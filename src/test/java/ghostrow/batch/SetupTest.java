package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.batch.Shell.Said;
import ghostrow.spmd.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whom set-up asks before it changes a machine, and what it leaves alone. A machine without its packages cannot be had
 * for a test, so scripts say that all are missing and note what would be installed; the terminal, the users and
 * update-alternatives are real.
 */
class SetupTest {
    @TempDir
    private Path folder;
    private Path noted;
    private Shell shell;

    @BeforeEach
    void prepare() throws IOException {
        Needs.software(Files.isDirectory(Shell.HOME.resolve(".setup/mpj")), "no MPJ Express: run 'make setup'");
        Path script = Files.createDirectories(folder.resolve("src/setup")).resolve("setup");
        Files.copy(Shell.HOME.resolve("src/setup/setup"), script);
        Files.createDirectory(folder.resolve(".setup"));
        new Shell(Map.of()).read("cp", "-R", Shell.HOME + "/.setup/mpj", folder + "/.setup/");
        noted = Files.createFile(folder.resolve("noted"));
        program("dpkg-query", "exit 0");
        program("apt-get", "echo \"apt-get $*\" >> " + noted);
        program("sudo", "echo \"sudo $*\" >> " + noted + "; [ \"$1\" != -n ] || shift; exec \"$@\"");
        Map<String, String> environment = new HashMap<>(Map.of("CI", "", "GHOSTROW_MPI_JAR", "/none"));
        environment.put("PATH", folder.resolve("programs") + ":" + System.getenv("PATH"));
        shell = new Shell(environment).in(folder);
        // Others are to read and write here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder.resolve(".setup"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(noted, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private void program(String name, String lines) throws IOException {
        Path file = Files.createDirectories(folder.resolve("programs")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
        assertTrue(file.toFile().setExecutable(true, false));
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static String asPlainUser() {
        return root() ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
    }

    /** At a terminal, where this is typed. */
    private Said typed(String text) {
        return shell.run("bash", "-c", "printf '" + text + "\\n' | script -qec '" + asPlainUser()
                + "src/setup/setup run' /dev/null");
    }

    @Test
    void aPersonIsAskedOnceAndNothingHappensWithoutAYes() throws IOException {
        Said asked = typed("n");
        assertTrue(asked.text().contains("Have sudo install them now?"), asked.text());
        assertTrue(asked.text().contains("openmpi-bin") && asked.text().contains("mpirun"), asked.text());
        assertTrue(asked.text().contains("sudo apt-get install"), asked.text());
        assertEquals("", Files.readString(noted));
        // Whatever has changed since then.
        Files.deleteIfExists(folder.resolve(".setup/run.done"));
        Said again = typed("y");
        assertTrue(again.text().contains("sudo apt-get install"), again.text());
        assertFalse(again.text().contains("Have sudo"), again.text());
        assertEquals("", Files.readString(noted));
    }

    @Test
    void sudoInstallsAfterAYes() throws IOException {
        Said asked = typed("y");
        assertTrue(asked.text().contains("Have sudo install them now?"), asked.text());
        assertTrue(asked.text().contains("installs openmpi-bin"), asked.text());
        List<String> done = Files.readAllLines(noted);
        assertTrue(done.getFirst().startsWith("sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y"),
                done.toString());
        assertTrue(done.getLast().contains("openmpi-bin libopenmpi-dev mpich libmpich-dev"), done.toString());
    }

    @Test
    void withoutATerminalItInstallsAtOnceAndSaysWhat() throws IOException {
        Said said = shell.run("bash", "-c", asPlainUser() + "src/setup/setup run");
        assertEquals(0, said.code(), said.text());
        assertTrue(said.text().contains("installs openmpi-bin libopenmpi-dev mpich libmpich-dev"), said.text());
        assertFalse(said.text().contains("[y/N]"), said.text());
        assertTrue(Files.readString(noted).contains("sudo -n env"), Files.readString(noted));
    }

    @Test
    void beneathAnMpiThatIsNoPackagesNoneIsInstalled() throws IOException {
        program("dpkg-query", "[ \"$1\" = -W ]");
        program("mpirun", "exit 1");
        Said said = shell.run("bash", "-c", asPlainUser() + "src/setup/setup run");
        assertEquals(0, said.code(), said.text());
        assertTrue(said.text().contains("programs/mpirun is no package's"), said.text());
        assertFalse(Files.readString(noted).contains("mpich"), Files.readString(noted));
    }

    /** The package of this apt-get takes precedence, as Open MPI's does before MPICH's. */
    @Test
    void whatMpirunMeansStaysAsItWas() throws IOException {
        Needs.machine(root(), "only root may try out update-alternatives");
        Needs.software(shell.run("update-alternatives", "--query", "mpirun").code() == 0,
                "no mpirun among the alternatives: run 'make setup'");
        program("apt-get", "touch /usr/bin/mpirun.other; exec update-alternatives --install /usr/bin/mpirun mpirun "
                + "/usr/bin/mpirun.other 900");
        Files.createDirectory(folder.resolve("layers"));
        Said said = shell.run("unshare", "--mount", "bash", "-c", """
                mount -t tmpfs layers layers || exit 3
                for under in /etc/alternatives /var/lib/dpkg/alternatives /usr/bin; do
                    name=layers/${under//\\//-}
                    mkdir "$name" "$name-work"
                    mount -t overlay overlay -o "lowerdir=$under,upperdir=$name,workdir=$name-work" "$under" || exit 3
                done
                update-alternatives --auto mpirun
                readlink -f /usr/bin/mpirun
                src/setup/setup run || exit
                readlink -f /usr/bin/mpirun
                update-alternatives --list mpirun
                """);
        Needs.machine(said.code() != 3 && !said.text().startsWith("unshare: "),
                "mounts are not permitted here: " + said.text());
        assertEquals(0, said.code(), said.text());
        List<String> lines = said.text().lines().filter(line -> line.startsWith("/")).toList();
        assertEquals(lines.get(0), lines.get(1), said.text());
        assertTrue(lines.contains("/usr/bin/mpirun.other"), said.text());
        assertTrue(said.text().contains("mpirun stays /usr/bin/mpirun."), said.text());
    }
}
