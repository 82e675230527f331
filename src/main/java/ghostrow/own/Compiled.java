package ghostrow.own;

import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classes of a program. They are made once, by whoever comes first of all ranks of all jobs, and kept in a folder
 * named after what they were made of. So is what the compiler had to complain of. A folder appears under its name only
 * when it is complete, and never changes.
 *
 * @param folder with the classes
 * @param main   the class that ranks begin with
 */
record Compiled(Path folder, String main) {
    private static final long PAUSE_MILLIS = 5;

    /** @param classPath more jars and folders */
    static Compiled of(Sources sources, List<Path> classPath, Map<String, String> environment) {
        try {
            String name = sources.name() + "-" + Fingerprint.of(sources, classPath);
            Shelf shelf = Shelf.of(environment);
            for (Path kept : shelf.readable()) {
                if (isThere(kept.resolve(name))) {
                    return read(kept.resolve(name));
                }
            }
            Path made = shelf.writable().resolve(name);
            makeOnce(new CompilerCall(sources, classPath), made);
            return read(made);
        } catch (IOException e) {
            throw new InputException(sources.main() + ": cannot be compiled (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException(sources.main() + ": stopped while it was compiled");
        }
    }

    private static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(CompilerProcess.MAIN)) || Files.exists(folder.resolve(CompilerProcess.ERRORS));
    }

    private static Compiled read(Path folder) throws IOException {
        Path errors = folder.resolve(CompilerProcess.ERRORS);
        if (Files.exists(errors)) {
            throw new SourceErrors(Files.readString(errors));
        }
        return new Compiled(folder, Files.readString(folder.resolve(CompilerProcess.MAIN)));
    }

    /**
     * Of those who want the same at the same time one compiles, and the others wait for it. Where files cannot be locked
     * each does, and the first to be ready is the one that counts.
     */
    private static void makeOnce(CompilerCall compiler, Path made) throws IOException, InterruptedException {
        Path door = made.resolveSibling(made.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(door, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock(channel, made)) {
            if (!isThere(made)) {
                make(compiler, made);
            }
        } finally {
            // Who waits for it still, and who makes another, finds all done.
            Files.deleteIfExists(door);
        }
    }

    /** Null where what it is for has been done meanwhile, and where there are no locks. */
    private static FileLock lock(FileChannel channel, Path made) throws InterruptedException {
        try {
            FileLock lock = tryLock(channel);
            while (lock == null && !isThere(made)) {
                Thread.sleep(PAUSE_MILLIS);
                lock = tryLock(channel);
            }
            return lock;
        } catch (IOException e) {
            return null;
        }
    }

    /** Null while another has it, be it another process or another thread of this one. */
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void make(CompilerCall compiler, Path made) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(made.getParent(), made.getFileName() + ".");
        try {
            compiler.into(scratch);
            Files.move(scratch, made, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another was quicker, and what it has made is the same.
            if (!isThere(made)) {
                throw e;
            }
        } finally {
            if (Files.exists(scratch)) {
                remove(scratch);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
