package ghostrow.grid;

import java.lang.foreign.MemorySegment;

/** Rows of a field that travel between ranks: where messages find them, or put them. */
public interface Edge {

    /** The rows in the host's memory, whole and in one piece. */
    MemorySegment rows();

    /** Begins to bring the rows as they are now to where messages find them. */
    void home();

    /** Begins to send what messages have put there to where the rows are stepped; who steps them next waits for it. */
    void away();

    /** Of rows that are stepped where messages find them. */
    record InPlace(MemorySegment rows) implements Edge {
        @Override
        public void home() {
        }

        @Override
        public void away() {
        }
    }
}
