package ghostrow.comm.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What stood in memory at some time, where any thread can read it. */
final class Copies {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Copies() {
    }

    static MemorySegment of(MemorySegment memory) {
        return room(memory.byteSize()).copyFrom(memory);
    }

    static MemorySegment room(long bytes) {
        return bytes <= LONGEST_ARRAY ? MemorySegment.ofArray(new byte[(int) bytes]) : Arena.ofAuto().allocate(bytes);
    }
}
