package ghostrow.app.array;

import ghostrow.kernel.Summation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** One thread's way through neighbouring numbers of an array that need not fit into memory. */
interface Pieces extends AutoCloseable {

    /** What the numbers of a piece are. */
    Summation.Form form();

    /**
     * Numbers from number {@code first} on, which stay until the next call: {@code most}, or fewer but then a multiple
     * of {@link Summation#CHUNK}.
     */
    MemorySegment next(long first, long most) throws IOException;

    @Override
    default void close() {
    }
}
