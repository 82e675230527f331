package ghostrow.app.array;

import ghostrow.data.ArrayReader;
import ghostrow.kernel.Summation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Reads numbers from where they lie in the file, again and again into the same memory. */
final class ReadPieces implements Pieces {
    private static final long PAGE = 4096;

    private final ArrayReader array;
    private final Summation.Form form;
    private final MemorySegment buffer;
    private final long room;

    /** @param room how many numbers a piece has */
    ReadPieces(ArrayReader array, Summation.Form form, long room, Arena arena) {
        this.array = array;
        this.form = form;
        this.room = room;
        this.buffer = arena.allocate(room * form.bytes(), PAGE);
    }

    @Override
    public Summation.Form form() {
        return form;
    }

    @Override
    public MemorySegment next(long first, long most) throws IOException {
        MemorySegment piece = buffer.asSlice(0, Math.min(room, most) * form.bytes());
        array.readPlain(first, piece);
        return piece;
    }
}
