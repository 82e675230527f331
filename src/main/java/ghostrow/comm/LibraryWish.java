package ghostrow.comm;

import ghostrow.comm.Mpirun.Library;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the user has said about the MPI library: a family by its name, a library to load, or nothing. */
public record LibraryWish(String value) {
    /** {@code openmpi} or {@code mpich}, or a library's file name or path. */
    public static final String VARIABLE = "GHOSTROW_MPI_LIBRARY";

    public static LibraryWish of(Map<String, String> env) {
        return new LibraryWish(env.getOrDefault(VARIABLE, "").strip());
    }

    /** The library to load, where one is named. */
    public Optional<String> file() {
        return value.isEmpty() || named().isPresent() ? Optional.empty() : Optional.of(value);
    }

    /** Whose launcher suits; a file tells by its name, or else by the folder of its installation. */
    public Optional<Library> family() {
        return named().or(() -> {
            String name = value.substring(value.lastIndexOf('/') + 1);
            if (name.startsWith(Library.OPEN_MPI.soname())) {
                return Optional.of(Library.OPEN_MPI);
            }
            boolean mpich = name.startsWith("libmpich") || name.startsWith(Library.MPICH_UPSTREAM)
                    || value.toLowerCase(Locale.ROOT).contains("mpich");
            return mpich ? Optional.of(Library.MPICH) : Optional.empty();
        });
    }

    private Optional<Library> named() {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "openmpi" -> Optional.of(Library.OPEN_MPI);
            case "mpich" -> Optional.of(Library.MPICH);
            default -> Optional.empty();
        };
    }
}
