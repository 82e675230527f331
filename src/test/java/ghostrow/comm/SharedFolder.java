package ghostrow.comm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder by which ranks can tell each other something without any message. */
final class SharedFolder {
    private SharedFolder() {
    }

    static Path open(Comm comm) throws IOException {
        if (comm.rank() > 0) {
            return Path.of((String) comm.recvObject(0, 9));
        }
        Path folder = Files.createTempDirectory("ghostrow-conformance");
        for (int rank = 1; rank < comm.size(); rank++) {
            comm.sendObject(folder.toString(), rank, 9);
        }
        return folder;
    }

    static void close(Comm comm, Path folder) throws IOException {
        comm.barrier();
        if (comm.rank() == 0) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
