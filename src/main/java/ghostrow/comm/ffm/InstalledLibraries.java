package ghostrow.comm.ffm;

import ghostrow.comm.Answer;
import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.comm.Transport.Readiness;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
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
        List<String> found = new ArrayList<>();
        boolean manyRanks = false;
        for (Library library : Library.values()) {
            if (LibraryChoice.names(library).stream().anyMatch(name -> installed(name, loaderCache))) {
                Optional<Mpirun> launcher = Mpirun.find(library);
                found.add(library.title()
                        + launcher.map(InstalledLibraries::version).orElse(" without mpirun"));
                manyRanks |= launcher.isPresent();
            }
        }
        return found.isEmpty()
                ? new Readiness.Missing("neither " + Library.OPEN_MPI.soname() + " nor "
                        + Library.MPICH.soname() + " is installed", "sudo apt-get install openmpi-bin (or mpich)")
                : new Readiness.Ready(String.join(", ", found), manyRanks);
    }

    private static boolean installed(String soname, String loaderCache) {
        for (String folder : System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.exists(Path.of(folder, soname))) {
                return true;
            }
        }
        return loaderCache.contains("\t" + soname + " ");
    }

    private static String version(Mpirun launcher) {
        Matcher version = VERSION.matcher(Answer.of(launcher.program().toString(), "--version"));
        return version.find() ? " " + version.group(1) : "";
    }
}
