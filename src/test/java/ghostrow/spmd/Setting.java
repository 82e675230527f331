package ghostrow.spmd;

import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun;
import ghostrow.comm.Transport;
import ghostrow.comm.Transport.Readiness;
import ghostrow.comm.Transports;
import ghostrow.study.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A transport on a library: one of the places where every SPMD program has to work the same.
 *
 * @param library the MPI library whose mpirun starts the ranks; none for transports that make their own ranks
 */
public record Setting(String transport, Optional<Mpirun.Library> library) {

    public static final Setting NATIVE_OPEN_MPI = on("native", Mpirun.Library.OPEN_MPI);
    public static final Setting NATIVE_MPICH = on("native", Mpirun.Library.MPICH);
    public static final Setting OPENMPI = on("openmpi", Mpirun.Library.OPEN_MPI);
    public static final Setting MPJ = new Setting("mpj", Optional.empty());
    public static final Setting MPJ_CLUSTER = new Setting("mpj-cluster", Optional.empty());
    public static final Setting SELF = new Setting("self", Optional.empty());
    public static final Setting CHECK = new Setting("check", Optional.empty());

    public static Stream<Setting> all() {
        return Stream.of(NATIVE_OPEN_MPI, NATIVE_MPICH, OPENMPI, MPJ, MPJ_CLUSTER, SELF);
    }

    /** The same, and where mistakes are looked for, which says at the end what it has found. */
    public static Stream<Setting> allAndCheck() {
        return Stream.concat(all(), Stream.of(CHECK));
    }

    /** Settings whose ranks are processes of their own, so that one of them can be killed. */
    public static Stream<Setting> underMpirun() {
        return all().filter(setting -> setting.library.isPresent());
    }

    private static Setting on(String transport, Mpirun.Library library) {
        return new Setting(transport, Optional.of(library));
    }

    /** Whether it starts its ranks itself. */
    public boolean isEmbedded() {
        return library.isEmpty();
    }

    public boolean isOneJvm() {
        return equals(MPJ) || equals(SELF) || equals(CHECK);
    }

    /** All ranks of an embedded transport share one heap, and MPJ Express copies messages through it. */
    List<String> heap() {
        return List.of(isEmbedded() ? "-Xmx1536m" : "-Xmx192m");
    }

    /** Whether this machine can run it: nothing if so, otherwise one line on what is missing. */
    public Optional<String> obstacle() {
        if (find(transport).readiness() instanceof Readiness.Missing(String missing, String remedy)) {
            return Optional.of(missing + "; " + remedy);
        }
        return library.filter(wanted -> Mpirun.find(wanted).isEmpty())
                .map(wanted -> "no mpirun of " + wanted.title());
    }

    /** Skips the test that asks, with the reason; on CI, where all has been set up, this fails it instead. */
    public void require() {
        LibraryWish wish = LibraryWish.of(System.getenv());
        // The tests of one library alone, as src/setup/matrix makes them for each.
        Needs.machine(wish.family().isEmpty() || wish.family().equals(library),
                this + " is not what " + LibraryWish.VARIABLE + "=" + wish.value() + " asks for");
        obstacle().ifPresent(reason -> Needs.software(false, "cannot run " + this + ": " + reason));
    }

    /** Ghostrow itself as so many ranks, started as a user does it here. */
    public Launch ghostrow(int ranks, String... words) {
        List<String> command = new ArrayList<>(List.of("./ghostrow"));
        command.addAll(List.of(words));
        command.addAll(List.of("--transport", transport));
        if (isEmbedded()) {
            command.addAll(List.of("--ranks", Integer.toString(ranks)));
            return Children.launch(command);
        }
        Launch launch = Children.launch(mpirun().command(ranks, command));
        prepare(launch.environment());
        return launch;
    }

    /** The command that runs {@code program} as {@code ranks} ranks, with each line marked with its rank. */
    List<String> command(int ranks, List<String> program) {
        if (isEmbedded()) {
            return program;
        }
        List<String> command = new ArrayList<>(mpirun().command(ranks, program));
        command.add(1, library.get() == Mpirun.Library.OPEN_MPI ? "--tag-output" : "-prepend-rank");
        return command;
    }

    void prepare(Map<String, String> environment) {
        if (!isEmbedded()) {
            mpirun().prepare(environment);
        }
    }

    private Mpirun mpirun() {
        return Mpirun.find(library.get()).orElseThrow();
    }

    /** The transport as the build in this folder has it, for tests and for the programs that they run. */
    public static Transport find(String name) {
        return Transports.named(name, Path.of(""));
    }

    @Override
    public String toString() {
        return transport + library.map(mpi -> " on " + mpi.title()).orElse("");
    }
}
