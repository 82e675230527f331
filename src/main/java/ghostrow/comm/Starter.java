package ghostrow.comm;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The process of Open MPI's runtime that has started this rank: mpirun itself, or its daemon on another host. Told that
 * the job is to end, it waits for the answer of every host, and of one that is lost until the system gives the
 * connection up, a quarter of an hour later. MPICH's needs no help.
 *
 * @param isMpirun whether it is not a daemon; what mpirun ends with is what the job ends with
 */
record Starter(long process, boolean isMpirun) {
    private static final Set<String> MPIRUNS = Set.of("orterun", "prterun", "mpirun", "mpiexec", "mpirun.openmpi");
    /** That of Open MPI 5 and later is left alone: it may serve other jobs, too. */
    private static final String DAEMON = "orted";

    private static final int PATIENCE_SECONDS = 5;

    /** Looks every second, so that it cannot take another process of the same number for this one. */
    private static final String SCRIPT = """
            for i in $(seq %d); do
                sleep 1
                kill -0 "$1" || exit
            done
            kill -s KILL "$1"
            """.formatted(PATIENCE_SECONDS);

    /** Nothing where another launcher has started the rank. */
    static Optional<Starter> ofThisRank() {
        // Scripts may stand in between.
        Optional<ProcessHandle> process = System.getenv().containsKey("OMPI_COMM_WORLD_RANK")
                ? ProcessHandle.current().parent() : Optional.empty();
        for (; process.isPresent(); process = process.get().parent()) {
            Optional<Starter> starter = of(process.get().pid(), process.get().info().command().orElse(""),
                    calledAs(process.get()));
            if (starter.isPresent()) {
                return starter;
            }
        }
        return Optional.empty();
    }

    /**
     * By the program's file, for mpirun has many names; and by the name that it was started under, for prterun is a
     * link to prte, which by its own name serves many jobs.
     */
    static Optional<Starter> of(long process, String file, String calledAs) {
        boolean isMpirun = MPIRUNS.contains(name(file)) || MPIRUNS.contains(name(calledAs));
        return isMpirun || name(file).equals(DAEMON) ? Optional.of(new Starter(process, isMpirun)) : Optional.empty();
    }

    private static String calledAs(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", 2)[0];
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** Leaves a shell that ends it if it outlives the job, which is about to end. */
    void endSoon() {
        boolean setsid = Mpirun.onPath("setsid").isPresent();
        // In a session of its own, since what is left of the rank's may be killed with it.
        List<String> shell = List.of("setsid", "/bin/sh", "-c", SCRIPT, "ghostrow", Long.toString(process));
        try {
            new ProcessBuilder(setsid ? shell : shell.subList(1, shell.size()))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            System.err.println("ghostrow: the launcher may take long to end: " + e.getMessage());
        }
    }
}
