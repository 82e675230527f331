package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The last messages before MPICH's MPI_Finalize, where ranks are on several machines. MPICH 4.0 with UCX over TCP
 * hangs there more often than not: a rank still waits for the answer to its flush of a connection while the others,
 * done with theirs, already sit in a barrier that answers nothing. A connection that has carried a message to the
 * end, with a moment after it in which nobody calls MPI, leaves nothing to flush.
 */
final class Parting {
    private static final int TAG = Comm.MAX_TAG;
    private static final long MOMENT_MILLIS = 100;

    private Parting() {
    }

    /** Collective. */
    static void settle(NativeComm comm) {
        if (comm.onOneMachine()) {
            return;
        }
        int rank = comm.rank();
        int size = comm.size();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment in = arena.allocate(ValueLayout.JAVA_LONG);
            for (int distance = 1; distance < size; distance++) {
                comm.sendrecv(out, (rank + distance) % size, TAG, in, (rank + size - distance) % size, TAG);
            }
        }
        comm.barrier();
        comm.barrier();
        try {
            Thread.sleep(MOMENT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
