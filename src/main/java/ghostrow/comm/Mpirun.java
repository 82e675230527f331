package ghostrow.comm;

import java.io.File;
import java.io.IOException;
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
        OPEN_MPI("Open MPI", "openmpi", List.of("libmpi.so.40"), List.of("mpirun.openmpi", "mpirun")),
        /** With those that share its ABI; Debian's name first, then that of MPICH from source and of Intel MPI. */
        MPICH("MPICH", "mpich", List.of("libmpich.so.12", "libmpi.so.12"),
                List.of("mpirun.mpich", "mpiexec.hydra", "mpirun"));

        private final String title;
        private final String word;
        private final List<String> sonames;
        private final List<String> launchers;

        Library(String title, String word, List<String> sonames, List<String> launchers) {
            this.title = title;
            this.word = word;
            this.sonames = sonames;
            this.launchers = launchers;
        }

        public String title() {
            return title;
        }

        /** What users and file names call it. */
        public String word() {
            return word;
        }

        /** The shared library's names at run time. */
        public List<String> sonames() {
            return sonames;
        }

        /** The family that a file belongs to by its name, as far as names tell. */
        public static Optional<Library> named(String file) {
            String name = file.substring(file.lastIndexOf('/') + 1);
            return Stream.of(values()).filter(family -> name.contains(family.word)
                    || family.sonames.stream().anyMatch(name::startsWith)).findFirst();
        }
    }

    /** Open MPI first where both are installed, as the plain name {@code mpirun} usually means it. */
    public static List<Mpirun> installed() {
        return Stream.of(Library.values()).flatMap(library -> find(library).stream()).toList();
    }

    /** The launcher to start ranks with: of the library the user chose, or else the first there is. */
    public static Optional<Mpirun> preferred(Map<String, String> environment) {
        return LibraryWish.of(environment).family().map(Mpirun::find)
                .orElseGet(() -> installed().stream().findFirst());
    }

    public static Optional<Mpirun> find(Library library) {
        return library.launchers.stream()
                .flatMap(name -> onPath(name).stream())
                .filter(program -> family(program).filter(library::equals).isPresent())
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

    /**
     * Whose a launcher is; a plain {@code mpirun} may be either family's. Its file often tells, which is orterun or
     * prterun behind links for Open MPI 4, or else a neighbour; where two libraries share a folder it is asked, which
     * takes longer.
     */
    static Optional<Library> family(Path program) {
        Path real;
        try {
            real = program.toRealPath();
        } catch (IOException e) {
            return Optional.empty();
        }
        return family(real.getFileName().toString()).or(() -> {
            boolean openMpi = hasNeighbour(real, "prterun", "orterun", "ompi_info");
            boolean mpich = hasNeighbour(real, "mpiexec.hydra", "mpichversion");
            return openMpi == mpich ? family(Answer.of(program.toString(), "--version"))
                    : Optional.of(openMpi ? Library.OPEN_MPI : Library.MPICH);
        });
    }

    private static Optional<Library> family(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (Stream.of("orterun", "prterun", "openmpi", "open mpi", "openrte", "prrte").anyMatch(lower::contains)) {
            return Optional.of(Library.OPEN_MPI);
        }
        return Stream.of("hydra", "mpich", "intel(r) mpi").anyMatch(lower::contains)
                ? Optional.of(Library.MPICH) : Optional.empty();
    }

    /** Whether it is Open MPI 4's runtime, whose mpirun is a link to it; from 5 on it is a program of its own. */
    private boolean isOrte() {
        try {
            return program.toRealPath().getFileName().toString().equals("orterun");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasNeighbour(Path program, String... names) {
        return Stream.of(names).map(program::resolveSibling).anyMatch(Files::isExecutable);
    }

    /** The command that runs {@code program} as {@code ranks} ranks on this machine, bound to nothing. */
    public List<String> command(int ranks, List<String> program) {
        return command(ranks, Placement.HERE, 0, program);
    }

    /**
     * How many cores each rank is to have for itself: its part of the machine, as far as that is enough for its
     * threads. None where ranks must share cores, where somebody has chosen cores for this process (the launchers
     * would bind to others), on other hosts, and where the user says how ranks are placed.
     */
    public static int coresEach(int ranks, int threads, Placement placement, Cores cores) {
        boolean ours = placement.isHere() && placement.binding().isEmpty() && !placement.placesRanks() && cores.all();
        int each = cores.count() / ranks;
        return ours && each >= threads ? each : 0;
    }

    /** The words that bind ranks to so many cores each; to none, the words against what the library would do. */
    public List<String> binding(int coresEach) {
        boolean none = coresEach == 0;
        if (library == Library.OPEN_MPI) {
            // Two ranks or fewer would otherwise be bound to one core each, which starves their threads. Where the
            // system forbids to bind, ranks do without.
            return none ? List.of("--bind-to", "none")
                    : List.of("--map-by", "slot:PE=" + coresEach, "--bind-to", "core:if-supported");
        }
        return none ? List.of() : List.of("-bind-to", "core:" + coresEach);
    }

    /**
     * The command that runs {@code program} as {@code ranks} ranks where the user wants them.
     *
     * @param coresEach what a rank is bound to unless the user says it, see {@link #coresEach}
     */
    public List<String> command(int ranks, Placement placement, int coresEach, List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(this.program.toString());
        if (library == Library.OPEN_MPI) {
            command.add("--oversubscribe");
            command.addAll(placement.binding().isPresent() ? List.of("--bind-to", placement.binding().get())
                    : binding(coresEach));
            placement.hosts().ifPresent(hosts -> command.addAll(List.of("--host", hosts)));
            placement.hostfile().ifPresent(file -> command.addAll(List.of("--hostfile", file)));
        } else {
            if (placement.isHere()) {
                // Else it starts its helpers by what a batch system has left in the environment, and there.
                command.addAll(List.of("-launcher", "fork", "-hosts", "localhost"));
            }
            command.addAll(placement.binding().isPresent() ? List.of("-bind-to", placement.binding().get())
                    : binding(coresEach));
            placement.hosts().ifPresent(hosts -> command.addAll(List.of("-hosts", hosts)));
            placement.hostfile().ifPresent(file -> command.addAll(List.of("-f", file)));
        }
        command.addAll(placement.more());
        command.addAll(List.of("-np", Integer.toString(ranks)));
        command.addAll(program);
        return command;
    }

    /** Completes the environment for ranks on this machine; what the user has set stays. */
    public void prepare(Map<String, String> environment) {
        prepare(environment, Placement.HERE);
    }

    /** Completes the environment for {@link #command}; what the user has set stays. */
    void prepare(Map<String, String> environment, Placement placement) {
        LibraryEnvironment.NO_DRIVERS.forEach(environment::putIfAbsent);
        if (library == Library.OPEN_MPI) {
            environment.putIfAbsent("OMPI_ALLOW_RUN_AS_ROOT", "1");
            environment.putIfAbsent("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
        }
        if (placement.isHere()) {
            stayHere(environment);
        } else if (library == Library.OPEN_MPI) {
            noticeLostHosts(environment);
        }
    }

    /** By itself it takes the runtime eight minutes to notice that a host no longer answers. */
    private static void noticeLostHosts(Map<String, String> environment) {
        // Those of Open MPI 4, 5 and 6; none minds the others'.
        for (String runtime : List.of("OMPI_MCA_oob_tcp", "PRTE_MCA_oob_tcp", "PRTE_MCA_prte")) {
            environment.putIfAbsent(runtime + "_keepalive_time", "5");
            environment.putIfAbsent(runtime + "_keepalive_intvl", "1");
            environment.putIfAbsent(runtime + "_keepalive_probes", "3");
        }
    }

    /** All ranks are on this machine: nothing has to cross, wait for, or be heard on a network card. */
    private void stayHere(Map<String, String> environment) {
        if (library == Library.OPEN_MPI) {
            // Neither an allocation's hosts nor those of the site's default file.
            for (String runtime : List.of("OMPI_MCA_", "PRTE_MCA_")) {
                environment.putIfAbsent(runtime + "ras", "^slurm,tm,pbs,lsf,gridengine,loadleveler,alps,flux");
            }
            environment.putIfAbsent("OMPI_MCA_orte_default_hostfile", "none");
            environment.putIfAbsent("PRTE_MCA_prte_default_hostfile", "none");
            // Shared memory is enough for ranks; TCP listens on all cards whatever it is told to use, and so does OFI.
            environment.putIfAbsent("OMPI_MCA_btl", "^tcp,ofi,openib");
            environment.putIfAbsent("OMPI_MCA_btl_tcp_if_include", "lo");
            // The doors of the runtime: Open MPI 5 and 6 warn of the name that 4 had for them.
            environment.putIfAbsent(isOrte() ? "OMPI_MCA_oob_tcp_if_include" : "PMIX_MCA_ptl_base_if_include", "lo");
        }
        // Either library may have UCX, which listens on every card that it may use.
        environment.putIfAbsent("UCX_NET_DEVICES", "lo");
    }

    /**
     * Lets this process become {@link #command}; does not return.
     *
     * @param threads of each rank
     * @param saves   whether the ranks save their work when they are asked to end, and are to have the time for it
     */
    public void become(int ranks, int threads, Placement placement, List<String> program, boolean saves) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        prepare(environment, placement);
        List<String> command = command(ranks, placement.with(exports(placement)),
                coresEach(ranks, threads, placement, Cores.atHand()), program);
        boolean reports = library == Library.MPICH && saves || !placement.isHere();
        Exec.become(saves || reports ? LauncherShell.before(command, saves, reports) : command, environment);
    }

    /** Open MPI passes only its own variables on to other hosts. */
    private List<String> exports(Placement placement) {
        return library != Library.OPEN_MPI || placement.isHere() ? List.of() : System.getenv().keySet().stream()
                .filter(name -> name.startsWith("GHOSTROW_") || name.equals("JAVA_HOME")).sorted()
                .flatMap(name -> Stream.of("-x", name)).toList();
    }
}
