package ghostrow.comm;

import ghostrow.comm.Mpirun.Library;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
        return named().or(() -> Library.named(value)).or(() -> Stream.of(Library.values())
                .filter(family -> value.toLowerCase(Locale.ROOT).contains(family.word())).findFirst());
    }

    private Optional<Library> named() {
        return Stream.of(Library.values()).filter(family -> family.word().equalsIgnoreCase(value)).findFirst();
    }
}
