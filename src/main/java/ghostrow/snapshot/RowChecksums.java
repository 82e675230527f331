package ghostrow.snapshot;

import ghostrow.comm.Comm;
import ghostrow.grid.Strip;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Brings the checksums of all rows to rank 0, which writes them: they are so short that many ranks would share a page
 * of the file.
 */
public final class RowChecksums {
    private RowChecksums() {
    }

    /** Collective; the answer is complete at rank 0. */
    public static int[] gathered(Comm comm, Strip strip, int[] mine) {
        long[] bytes = new long[comm.size()];
        for (int rank = 0; rank < bytes.length; rank++) {
            bytes[rank] = Strip.of(strip.total(), comm.size(), rank).count() * Integer.BYTES;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(comm.rank() == 0 ? strip.total() * Integer.BYTES : 0);
            comm.gatherv(arena.allocateFrom(ValueLayout.JAVA_INT, mine), all, bytes, 0);
            return all.toArray(ValueLayout.JAVA_INT);
        }
    }
}
