package ghostrow.comm.ffm;

import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Requests kept for reuse, each with its few bytes of native memory, so that starting a message allocates
 * none.
 */
final class RequestPool {
    private static final int MORE = 64;

    private final Arena arena;
    private final NativeComm comm;
    private NativeRequest[] free = new NativeRequest[0];
    private int count;

    RequestPool(NativeComm comm, Arena arena) {
        this.comm = comm;
        this.arena = arena;
    }

    NativeRequest take() {
        if (count == 0) {
            grow();
        }
        return free[--count];
    }

    void give(NativeRequest request) {
        free[count++] = request;
    }

    /** Makes room for every request there is, so that {@link #give} never has to ask. */
    private void grow() {
        long block = arena.allocate(MORE * Mpi.HANDLE_BYTES, Long.BYTES).address();
        free = Arrays.copyOf(free, free.length + MORE);
        for (int i = 0; i < MORE; i++) {
            free[count++] = new NativeRequest(comm, block + i * Mpi.HANDLE_BYTES);
        }
    }
}
