package ghostrow.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Readies the places where a run writes, and refuses those where it cannot. */
public final class OutputFolder {
    private OutputFolder() {
    }

    /** Creates the folder if need be and makes sure that files can be created in it. */
    public static void prepare(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new InputException(folder
                        + ": is a file; expected an output folder, choose one with --out");
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(folder + ": the output folder cannot be created (" + reason(e)
                    + "); choose another with --out", e);
        }
        if (!Files.isWritable(folder)) {
            throw new InputException(folder
                    + ": the output folder cannot be written; choose another with --out");
        }
    }

    /** Refuses to write over results of an earlier run. */
    public static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw new InputException(file + ": exists already; --restart goes on with it,"
                    + " --force replaces it, --out chooses another folder");
        }
    }

    /** What the system said, without the file's name, which messages here have in front already. */
    static String reason(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException f) {
                return f.getReason() != null ? f.getReason()
                        : f.getClass().getSimpleName().replace("Exception", "") + " " + f.getFile();
            }
            if (cause instanceof IOException || cause.getCause() == null) {
                return String.valueOf(cause.getMessage()).lines().findFirst()
                        .orElse(cause.getClass().getSimpleName());
            }
        }
        return "unknown reason";
    }
}
