package ghostrow.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What one call of the system may do by half is done in whole here, or fails; and names that outlive a power failure. */
final class Disk {
    private Disk() {
    }

    /** The system may write less than it is given, as on a disk that is nearly full. */
    static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining();) {
            at += channel.write(bytes, at);
        }
    }

    /** Reads until the buffer is full or the file ends. */
    static void read(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        int read = 0;
        for (long at = position; bytes.hasRemaining() && read >= 0; at += read) {
            read = channel.read(bytes, at);
        }
    }

    /** A file that was created, renamed or deleted is so for good once its folder has reached the disk. */
    static void forceFolder(Path folder) throws IOException {
        Path there = folder == null ? Path.of("") : folder;
        try (FileChannel channel = FileChannel.open(there.toAbsolutePath(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Of what could not be made; why it could not matters more than what is left. */
    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The caller has something better to say.
        }
    }

    /** Puts a file that is whole in the place of another, or of none. */
    static void replace(Path whole, Path file) throws IOException {
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.getParent());
    }
}
