package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;

/** Memory of which it matters what is done to it. */
interface Watched {
    MemorySegment memory();

    /** The program does something to it. */
    void touched(boolean writes, Place at);

    /** A call of the library's does. */
    void used(boolean writes, Place at);
}
