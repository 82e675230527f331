package ghostrow.comm;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An installed program that starts ranks as processes, and the one home of what such programs need told. */
public record Mpirun(Library library, Path program) {

    /** The two families of MPI; Debian installs them side by side under the second names. */
    public enum Library {
        OPEN_MPI("Open MPI", "libmpi.so.40", List.of("mpirun.openmpi", "mpirun")),
        MPICH("MPICH", "libmpich.so.12", List.of("mpirun.mpich", "mpiexec.hydra", "mpirun"));

        private final String title;
        private final String soname;
        private final List<String> launchers;

        Library(String title, String soname, List<String> launchers) {
            this.title = title;
            this.soname = soname;
            this.launchers = launchers;
        }

        public String title() {
            return title;
        }

        /** The shared library's name at run time. */
        public String soname() {
            return soname;
        }
    }

    /** Open MPI first where both are installed, as the plain name {@code mpirun} usually means it. */
    public static List<Mpirun> installed() {
        return Stream.of(Library.values()).flatMap(library -> find(library).stream()).toList();
    }

    /** The launcher to start ranks with: of the library the user chose, or else the first there is. */
    public static Optional<Mpirun> preferred(Map<String, String> environment) {
        String chosen = environment.getOrDefault("GHOSTROW_MPI_LIBRARY", "").toLowerCase(Locale.ROOT);
        return chosen.contains("mpich") ? find(Library.MPICH) : installed().stream().findFirst();
    }

    public static Optional<Mpirun> find(Library library) {
        return library.launchers.stream()
                .flatMap(name -> onPath(name).stream())
                .filter(program -> belongsTo(program, library))
                .map(program -> new Mpirun(library, program))
                .findFirst();
    }

    public static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A plain {@code mpirun} may be either family's; Open MPI's is orterun (4) or prterun (5) behind links. */
    private static boolean belongsTo(Path program, Library library) {
        try {
            String real = program.toRealPath().getFileName().toString();
            boolean openMpi = real.contains("orterun") || real.contains("prterun") || real.contains("openmpi");
            return openMpi == (library == Library.OPEN_MPI);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /** The command that runs {@code program} as {@code ranks} ranks on this machine. */
    public List<String> command(int ranks, List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(this.program.toString());
        if (library == Library.OPEN_MPI) {
            // Two ranks or fewer would be bound to one core each, which starves their threads and the JIT.
            command.addAll(List.of("--oversubscribe", "--bind-to", "none"));
        }
        command.addAll(List.of("-np", Integer.toString(ranks)));
        command.addAll(program);
        return command;
    }

    /** Completes the environment for {@link #command}; what the user has set stays. */
    public void prepare(Map<String, String> environment) {
        if (library == Library.OPEN_MPI) {
            environment.putIfAbsent("OMPI_ALLOW_RUN_AS_ROOT", "1");
            environment.putIfAbsent("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
            // All ranks are on this machine: nothing has to cross, or wait for, a network card.
            environment.putIfAbsent("OMPI_MCA_btl_tcp_if_include", "lo");
            environment.putIfAbsent("OMPI_MCA_oob_tcp_if_include", "lo");
        }
    }

    /**
     * Lets this process become {@link #command}; does not return.
     *
     * @param secondsToEnd how long a rank may take to save its work when the launcher asks it to end
     */
    public void become(int ranks, List<String> program, int secondsToEnd) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        prepare(environment);
        if (library == Library.OPEN_MPI) {
            // It kills what is left after a second. It waits so long at the end of any job that fails, too: ask
            // for no more than is needed.
            environment.putIfAbsent("OMPI_MCA_odls_base_sigkill_timeout", Integer.toString(secondsToEnd));
        }
        Exec.become(command(ranks, program), environment);
    }
}
