package ghostrow.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Comm;
import ghostrow.comm.self.SelfComm;
import ghostrow.data.InputException;
import ghostrow.data.SnapshotReader;
import ghostrow.grid.Field;
import ghostrow.grid.Strip;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A film is gone on with from its last sound snapshot, and begun anew where nobody asks for that. */
class FilmTest {
    private static final int SIZE = 5;
    private static final int SHOTS = 4;

    @TempDir
    private Path folder;

    private final Field field = new Field(Strip.of(SIZE, 1, 0), SIZE, 1, Arena.ofAuto());

    @Test
    void goesOnFromTheLastSoundSnapshot() throws IOException {
        Path file = folder.resolve("film.vtkhdf");
        try (Comm comm = new SelfComm()) {
            assertEquals(0, shoot(comm, file, false, 3));
            assertEquals(2, shoot(comm, file, true, 3));
            long data;
            try (SnapshotReader reader = SnapshotReader.open(file)) {
                data = reader.layout().data() + 2L * SIZE * reader.layout().rowBytes();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {77}), data);
            }
            assertEquals(1, shoot(comm, file, true, SHOTS));
            assertEquals(SHOTS - 1, shoot(comm, file, true, SHOTS));
            assertEquals(0, shoot(comm, file, false, SHOTS));
        }
    }

    /** Until there are so many; returns the number of the snapshot that it began with. */
    private double shoot(Comm comm, Path file, boolean goOn, int until) throws IOException {
        try (Film film = Film.of(comm, file, "number", field, 1, SHOTS, 0.5, goOn)) {
            film.begin(field, () -> field.set(2, 3, 0));
            double first = field.get(2, 3);
            assertEquals(1 + (long) first, film.taken());
            while (film.taken() < until) {
                field.set(2, 3, film.taken());
                film.take(field);
            }
            film.draw();
            assertTrue(Files.exists(folder.resolve("film.gif")));
            return first;
        }
    }

    @Test
    void refusesToGoOnWithAnother() throws IOException {
        Path file = folder.resolve("film.vtkhdf");
        try (Comm comm = new SelfComm()) {
            shoot(comm, file, false, 1);
            assertThrows(InputException.class, () -> Film.of(comm, file, "number", field, 2, SHOTS, 0.5, true));
        }
    }
}
