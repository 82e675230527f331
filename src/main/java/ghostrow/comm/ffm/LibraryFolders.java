package ghostrow.comm.ffm;

import ghostrow.comm.Mpirun.Library;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where MPI libraries lie, looked up without loading one. Needed for two kinds whose names alone do not tell what to
 * load: libraries of the standard ABI, which both families call {@code libmpi_abi.so.1}, and Cray's, which have the
 * compiler's name in theirs.
 *
 * @param folders in the order of the system's loader
 */
record LibraryFolders(List<Path> folders) {
    private static final String STANDARD = "libmpi_abi.so";
    private static final List<String> CRAY = List.of("libmpi_gnu", "libmpi_cray", "libmpi_intel", "libmpi_amd",
            "libmpi_nvidia");

    static LibraryFolders of(Map<String, String> env) {
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return new LibraryFolders(Stream.concat(
                Stream.of("LD_LIBRARY_PATH", "CRAY_LD_LIBRARY_PATH")
                        .flatMap(name -> Stream.of(env.getOrDefault(name, "").split(File.pathSeparator))),
                Stream.of("/usr/lib/" + machine + "-linux-gnu", "/usr/lib64", "/usr/local/lib", "/usr/lib"))
                .filter(folder -> !folder.isEmpty()).map(Path::of).filter(Files::isDirectory).toList());
    }

    /**
     * What to try for a family, best first: what the first folder with any of it holds, and then the names that the
     * loader may know elsewhere. The standard ABI comes first where it is that family's.
     */
    List<String> files(Library family) {
        List<String> files = new ArrayList<>();
        for (Path folder : folders) {
            standard(folder, family).ifPresent(file -> files.add(file.toString()));
            boolean own = has(folder, family);
            if (!own && family == Library.MPICH) {
                files.addAll(listed(folder, CRAY));
            }
            if (own || !files.isEmpty()) {
                break;
            }
        }
        files.addAll(family.sonames());
        return files;
    }

    /** Whether a file that was named is there; one that only the loader finds elsewhere is not. */
    boolean hold(String file) {
        return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(file)));
    }

    private static boolean has(Path folder, Library family) {
        return family.sonames().stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** The family's library of the standard ABI in a folder: by the name behind the link, or by its only neighbour. */
    private static Optional<Path> standard(Path folder, Library family) {
        Path common = folder.resolve(STANDARD + ".1");
        // Folders of a system hold thousands of files; most have none of these.
        if (!Files.exists(common) && !Files.exists(folder.resolve(STANDARD))) {
            return Optional.empty();
        }
        for (String file : listed(folder, List.of("libmpi_abi_" + family.word() + ".so"))) {
            return Optional.of(Path.of(file));
        }
        Library other = family == Library.MPICH ? Library.OPEN_MPI : Library.MPICH;
        boolean known = real(common).flatMap(Library::named).map(family::equals)
                .orElseGet(() -> has(folder, family) && !has(folder, other));
        return known && Files.exists(common) ? Optional.of(common) : Optional.empty();
    }

    private static Optional<String> real(Path link) {
        try {
            return Optional.of(link.toRealPath().getFileName().toString());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** The libraries in a folder whose names begin so, the shortest name first. */
    private static List<String> listed(Path folder, List<String> beginnings) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "libmpi_*.so*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (beginnings.stream().anyMatch(name::startsWith)) {
                    found.add(file.toString());
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        found.sort(Comparator.comparing(String::length).thenComparing(name -> name));
        return found;
    }
}
