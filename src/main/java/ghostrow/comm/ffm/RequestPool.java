package ghostrow.comm.ffm;

import java.lang.foreign.Arena;
import java.util.Arrays;

/** The few bytes of native memory of each request, kept for reuse, so that starting a message allocates none. */
final class RequestPool {
    private static final int MORE = 64;

    private final Arena arena;
    private long[] free = {};
    private int count;

    RequestPool(Arena arena) {
        this.arena = arena;
    }

    long take() {
        if (count == 0) {
            grow();
        }
        return free[--count];
    }

    void give(long address) {
        free[count++] = address;
    }

    /** Makes room for every request there is, so that {@link #give} never has to ask. */
    private void grow() {
        long block = arena.allocate(MORE * Mpi.HANDLE_BYTES, Long.BYTES).address();
        free = Arrays.copyOf(free, free.length + MORE);
        for (int i = 0; i < MORE; i++) {
            free[count++] = block + i * Mpi.HANDLE_BYTES;
        }
    }
}
