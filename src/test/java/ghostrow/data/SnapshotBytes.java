package ghostrow.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Compares the snapshots of two files byte by byte, without the code that wrote them. */
public final class SnapshotBytes {
    private SnapshotBytes() {
    }

    /**
     * The first snapshot, of those that are complete in {@code file}, whose bytes are other than those of {@code
     * whole}; -1 if there is none.
     */
    public static long mismatch(Path whole, Path file) throws IOException {
        try (SnapshotReader expected = SnapshotReader.open(whole); SnapshotReader found = SnapshotReader.open(file);
                Arena arena = Arena.ofConfined()) {
            Layout layout = expected.layout();
            long bytes = layout.rows() * layout.rowBytes();
            MemorySegment one = map(whole, arena).asSlice(layout.data());
            MemorySegment other = map(file, arena).asSlice(found.layout().data());
            for (long k = 0; k < found.complete(); k++) {
                if (one.asSlice(k * bytes, bytes).mismatch(other.asSlice(k * bytes, bytes)) >= 0) {
                    return k;
                }
            }
            return -1;
        }
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }
}
