package ghostrow.batch;

import ghostrow.batch.Shell.Said;
import ghostrow.spmd.Needs;
import java.nio.file.Path;
import java.util.Map;

/** The cluster of {@code slurm/testbed} in a folder of its own; it ends with this JVM, however that ends. */
final class Testbed implements AutoCloseable {
    private static final String SCRIPT = "slurm/testbed";
    private static final int CANNOT_RUN_HERE = 3;
    private static final int PACKAGE_MISSING = 4;

    private final Shell shell;
    private final Path folder;

    private Testbed(Shell shell, Path folder) {
        this.shell = shell;
        this.folder = folder;
    }

    /** Starts it, or has the tests skipped for the reason that the script gives. */
    static Testbed start(Path folder, int nodes) {
        return start(folder, nodes, Map.of());
    }

    /** @param settings of the script's environment */
    static Testbed start(Path folder, int nodes, Map<String, String> settings) {
        Shell shell = new Shell(Map.of("TESTBED_DIR", folder.toString(),
                "TESTBED_OWNER", Long.toString(ProcessHandle.current().pid()))).with(settings);
        Testbed testbed = new Testbed(shell, folder);
        Said said;
        try {
            said = testbed.startAgain(nodes);
        } catch (AssertionError tooSlow) {
            testbed.stop();
            throw tooSlow;
        }
        require(said);
        if (said.code() != 0) {
            throw new AssertionError(SCRIPT + " start ended with " + said.code() + ": " + said.text());
        }
        return testbed;
    }

    /** Has a test skipped that needs what the script says is missing. */
    static void require(Said said) {
        Needs.software(said.code() != PACKAGE_MISSING, said.text());
        Needs.machine(said.code() != CANNOT_RUN_HERE, said.text());
    }

    Map<String, String> environment() {
        return Map.of("SLURM_CONF", folder.resolve("slurm.conf").toString());
    }

    Said status() {
        return shell.run(SCRIPT, "status");
    }

    Said startAgain(int nodes) {
        return shell.run(SCRIPT, "start", Integer.toString(nodes));
    }

    Said stop() {
        return shell.run(SCRIPT, "stop");
    }

    @Override
    public void close() {
        Said said = stop();
        if (said.code() != 0) {
            throw new AssertionError(SCRIPT + " stop ended with " + said.code() + ": " + said.text());
        }
    }
}
