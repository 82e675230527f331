package ghostrow.batch;

import ghostrow.batch.Shell.Said;
import ghostrow.comm.Mpirun.Library;
import ghostrow.study.Child;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The hosts of {@code slurm/testbed network} in a folder of its own, node1 and so on; they end with this JVM, however
 * that ends.
 */
final class EmulatedNetwork implements AutoCloseable {
    private final Shell shell;
    private final Path folder;

    private EmulatedNetwork(Shell shell, Path folder) {
        this.shell = shell;
        this.folder = folder;
    }

    /**
     * Starts it, or has the tests skipped for the reason that the script gives.
     *
     * @param options {@code --delay}, {@code --rate}
     */
    static EmulatedNetwork start(Path folder, int hosts, String... options) {
        Shell shell = new Shell(Map.of("TESTBED_DIR", folder.toString(),
                "TESTBED_OWNER", Long.toString(ProcessHandle.current().pid()),
                // Other tests run beside this one, Slurm's among them, and a switch before all else would hold them up.
                "TESTBED_PRIORITY", "normal"));
        EmulatedNetwork network = new EmulatedNetwork(shell, folder);
        List<String> command = script(Integer.toString(hosts));
        command.addAll(List.of(options));
        Said said = shell.run(command);
        Testbed.require(said);
        if (said.code() != 0) {
            throw new AssertionError(command + " ended with " + said.code() + ": " + said.text());
        }
        return network;
    }

    static List<String> script(String... words) {
        List<String> command = new ArrayList<>(List.of("slurm/testbed", "network"));
        command.addAll(List.of(words));
        return command;
    }

    private static List<String> on(String host, List<String> command) {
        List<String> all = script("run", host);
        all.addAll(command);
        return all;
    }

    /** What a command on a host prints, which must end well. */
    String read(String host, List<String> command) {
        return shell.read(on(host, command).toArray(String[]::new));
    }

    /** A command that goes on on a host; the child is the command itself. */
    Child start(String host, List<String> command) {
        return shell.start(on(host, command));
    }

    /** Ranks, one a host and round again, started as a user does it who is logged in on node1. */
    List<String> mpirun(Library library, int ranks, List<String> program) {
        List<String> command = new ArrayList<>(library == Library.OPEN_MPI
                ? List.of("mpirun.openmpi", "--hostfile", folder + "/network/hostfile")
                : List.of("mpirun.mpich", "-f", folder + "/network/hostfile.mpich"));
        command.addAll(List.of("-np", Integer.toString(ranks)));
        command.addAll(program);
        return command;
    }

    void link(String host, String state) {
        shell.read("slurm/testbed", "network", "link", host, state);
    }

    Said status() {
        return shell.run(script("status"));
    }

    Said stop() {
        return shell.run(script("stop"));
    }

    @Override
    public void close() {
        Said said = stop();
        if (said.code() != 0) {
            throw new AssertionError("network stop ended with " + said.code() + ": " + said.text());
        }
    }
}
