package ghostrow.app.array;

import ghostrow.data.ArrayReader;
import ghostrow.kernel.Summation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Shows numbers where the system keeps the file's pages: nothing is copied, but every page is a fault to begin with. */
final class MappedPieces implements Pieces {
    private final ArrayReader array;
    private final Summation.Form form;
    private final long room;
    private Arena shown = Arena.ofConfined();

    /** @param room how many numbers a piece has */
    MappedPieces(ArrayReader array, Summation.Form form, long room) {
        this.array = array;
        this.form = form;
        this.room = room;
    }

    @Override
    public Summation.Form form() {
        return form;
    }

    @Override
    public MemorySegment next(long first, long most) throws IOException {
        // What has been shown would count as this process's memory for as long as it is.
        shown.close();
        shown = Arena.ofConfined();
        return array.mapPlain(first, Math.min(room, most), shown);
    }

    @Override
    public void close() {
        shown.close();
    }
}
