package ghostrow.own;

import ghostrow.data.InputException;
import ghostrow.data.UserCache;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * Where compiled programs are kept: in the user's cache folder, or where that can only be read, in a folder of this
 * machine's that is the user's alone. Others could put classes of theirs into any other.
 */
record Shelf(Path home, Path machine) {
    private static final String MINE_ALONE = "rwx------";

    static Shelf of(Map<String, String> environment) {
        return new Shelf(UserCache.folder(environment).resolve("run"), Path.of(System.getProperty("java.io.tmpdir"),
                "ghostrow-" + System.getProperty("user.name")));
    }

    /** Where something may lie already. */
    List<Path> readable() throws IOException {
        return isMineAlone() ? List.of(home, machine) : List.of(home);
    }

    /** Where it may be put. */
    Path writable() throws IOException {
        try {
            Files.createDirectories(home);
            if (Files.isWritable(home)) {
                return home;
            }
        } catch (FileSystemException e) {
            // Read-only, full, or a file in the way.
        }
        if (!Files.exists(machine, LinkOption.NOFOLLOW_LINKS)) {
            Path made = Files.createTempDirectory("ghostrow");
            try {
                Files.move(made, machine, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                // Another rank was quicker.
                Files.deleteIfExists(made);
            }
        }
        if (!isMineAlone()) {
            throw new InputException("cannot write to " + home + ", where compiled programs are kept, and " + machine
                    + " is not this user's alone; name another folder in XDG_CACHE_HOME");
        }
        return machine;
    }

    private boolean isMineAlone() throws IOException {
        return Files.isDirectory(machine, LinkOption.NOFOLLOW_LINKS)
                && Files.getPosixFilePermissions(machine).equals(PosixFilePermissions.fromString(MINE_ALONE))
                && Files.getOwner(machine).getName().equals(System.getProperty("user.name"));
    }
}
