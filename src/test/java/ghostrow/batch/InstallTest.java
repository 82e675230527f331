package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.batch.Shell.Said;
import ghostrow.spmd.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What make install leaves, and what make does without a JDK. */
class InstallTest {
    private static final Path MODULES = Path.of("/usr/share/modules/init/bash");

    @TempDir
    private Path folder;
    private Path prefix;
    private Shell shell;

    @BeforeEach
    void choosePrefix() {
        prefix = folder.resolve("my prefix");
        shell = new Shell(Map.of("GHOSTROW_HOME", "", "SITE_ENV", "", "OUT", "")).in(folder);
    }

    /** There are links among it, which JUnit would warn of. */
    @AfterEach
    void remove() {
        shell.read("rm", "-rf", prefix.toString(), folder + "/root");
    }

    private void install() {
        shell.read(Shell.HOME + "/src/setup/install", prefix.toString());
    }

    @Test
    void theInstalledProgramRunsByItself() throws IOException {
        install();
        Said ring = shell.run(prefix + "/bin/ghostrow", "ring", "--ranks", "2");
        assertEquals(0, ring.code(), ring.text());
        assertTrue(ring.text().contains("I am rank 1; my right neighbour is 0"), ring.text());

        Said job = shell.with(Map.of("RUN", "job")).run("bash", prefix + "/lib/ghostrow/jobs/diffusion", "--set",
                "dx=0.2", "--set", "runtime=0.1");
        assertEquals(0, job.code(), job.text());
        String record = Files.readString(folder.resolve("out/job/record.json"));
        assertTrue(record.contains("-Dghostrow.home=" + prefix + "/lib/ghostrow"), record);
        assertFalse(record.contains(Shell.HOME.toString()), record);
        // The quick start came along: where the build's own folder has one, the new place has too.
        String built = shell.read(Shell.HOME + "/ghostrow", "auc", "1000", "--json", "-");
        assertEquals(built.contains("-XX:AOTCache=" + Shell.HOME), record.contains("-XX:AOTCache=" + prefix), record);
    }

    /** A later version replaces the program and keeps what the site has written. */
    @Test
    void installingOnceMoreKeepsTheSitesSettings() throws IOException {
        install();
        Path site = Files.writeString(prefix.resolve("lib/ghostrow/slurm/site.env"), "MPI=mpich\n");
        Path old = Files.writeString(prefix.resolve("lib/ghostrow/jobs/gone"), "");
        install();
        assertEquals("MPI=mpich\n", Files.readString(site));
        assertFalse(Files.exists(old));
        try (Stream<Path> left = Files.list(prefix.resolve("lib"))) {
            assertEquals(List.of(prefix.resolve("lib/ghostrow")), left.toList());
        }
    }

    @Test
    void aPackageIsMadeUnderAnotherRoot() throws IOException {
        shell.read(Shell.HOME + "/src/setup/install", "/opt/ghostrow", folder + "/root");
        assertTrue(Files.isExecutable(folder.resolve("root/opt/ghostrow/bin/ghostrow")));
        assertTrue(moduleFiles(folder.resolve("root/opt/ghostrow")).getFirst()
                .contains("setenv GHOSTROW_HOME {/opt/ghostrow/lib/ghostrow}"));
    }

    @Test
    void theModuleFileLeadsToTheProgramAndToItsJobs() throws IOException {
        install();
        List<String> files = moduleFiles(prefix);
        // Of one content, in Tcl and in Lua.
        for (String line : List.of("GHOSTROW_HOME|" + prefix + "/lib/ghostrow", "PATH|" + prefix + "/bin")) {
            String[] word = line.split("\\|");
            assertTrue(files.get(0).contains(" " + word[0] + " {" + word[1] + "}"), files.get(0));
            assertTrue(files.get(1).contains("(\"" + word[0] + "\", [[" + word[1] + "]])"), files.get(1));
        }
        Needs.software(Files.exists(MODULES), "no Environment Modules: apt-get install environment-modules");
        Said said = shell.run("bash", "-c", ". " + MODULES + """
                 && module use "$1/share/modulefiles" && module load ghostrow && command -v ghostrow &&
                echo "$GHOSTROW_HOME" && ghostrow ring && module unload ghostrow && echo "left: $GHOSTROW_HOME"
                """, "bash", prefix.toString());
        assertEquals(List.of(prefix + "/bin/ghostrow", prefix + "/lib/ghostrow",
                "I am rank 0; my right neighbour is 0", "left:"),
                said.text().lines().map(String::strip).filter(line -> !line.startsWith("WARNING")).toList(),
                said.text());
    }

    private static List<String> moduleFiles(Path prefix) throws IOException {
        try (Stream<Path> files = Files.list(prefix.resolve("share/modulefiles/ghostrow"))) {
            List<Path> both = files.sorted().toList();
            assertEquals(2, both.size());
            return List.of(Files.readString(both.get(0)), Files.readString(both.get(1)));
        }
    }

    @Test
    void makeListsAndCleansWithoutAJdk() {
        Shell withoutJdk = new Shell(Map.of("GHOSTROW_JAVA_HOME", "/none", "MAKEFLAGS", "", "MAKELEVEL", "0"));
        Said help = withoutJdk.run("make", "help");
        assertEquals(0, help.code(), help.text());
        assertTrue(help.text().contains("make install"), help.text());
        assertEquals("rm -rf target", withoutJdk.read("make", "-n", "clean"));
        Said build = withoutJdk.run("make", "-n", "build");
        assertEquals(2, build.code());
        assertTrue(build.text().contains("GHOSTROW_JAVA_HOME is /none"), build.text());
        assertTrue(new Shell(Map.of("MAKEFLAGS", "", "MAKELEVEL", "0")).read("make", "-n", "install", "PREFIX=/my place")
                .contains("src/setup/install \"/my place\" \"\""));
    }
}
