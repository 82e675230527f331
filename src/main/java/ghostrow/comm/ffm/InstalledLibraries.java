package ghostrow.comm.ffm;

import ghostrow.comm.Answer;
import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.comm.Transport.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which MPI libraries this machine has, found out without loading one: a loaded MPI changes signal
 * handlers, and two of them do not go together.
 */
final class InstalledLibraries {
    private static final Pattern VERSION = Pattern.compile(
            "(?:Open MPI\\)|OpenRTE\\)|Version:)\\s*(\\d[\\w.]*)");

    private InstalledLibraries() {
    }

    static Readiness readiness() {
        String loaderCache = Answer.of("/sbin/ldconfig", "-p");
        LibraryFolders folders = LibraryFolders.of(System.getenv());
        Optional<Mpirun> chosen = Mpirun.preferred(System.getenv());
        List<String> found = new ArrayList<>();
        List<String> details = new ArrayList<>();
        boolean manyRanks = false;
        for (Library library : Library.values()) {
            Optional<String> file = folders.files(library).stream()
                    .filter(name -> folders.hold(name) || loaderCache.contains("\t" + name + " ")).findFirst();
            if (file.isPresent()) {
                Optional<Mpirun> launcher = Mpirun.find(library);
                found.add(library.title()
                        + launcher.map(InstalledLibraries::version).orElse(" without mpirun"));
                details.add(name(file.get()) + launcher.map(mpirun -> ", ranks by " + mpirun.program()
                        + (mpirun.equals(chosen.orElse(null)) ? " (as --ranks does)" : "")).orElse(""));
                untried(file.get()).ifPresent(details::add);
                manyRanks |= launcher.isPresent();
            }
        }
        return found.isEmpty()
                ? new Readiness.Missing("no library of Open MPI or MPICH is installed",
                        "sudo apt-get install openmpi-bin (or mpich)")
                : new Readiness.Ready(String.join(", ", found), manyRanks, details);
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Relatives of MPICH that share its ABI, but on which nobody has run Ghostrow's tests. */
    private static Optional<String> untried(String file) {
        boolean cray = file.matches(".*libmpi_(gnu|cray|intel|amd|nvidia).*") || System.getenv("CRAY_MPICH_DIR") != null;
        boolean intel = System.getenv("I_MPI_ROOT") != null;
        return cray || intel ? Optional.of((cray ? "Cray MPICH" : "Intel MPI") + ": known by name, not tried so far")
                : Optional.empty();
    }

    private static String version(Mpirun launcher) {
        Matcher version = VERSION.matcher(Answer.of(launcher.program().toString(), "--version"));
        return version.find() ? " " + version.group(1) : "";
    }
}
