package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that the host and a device work on in turn: the host's, which is pinned, and a copy in the device's; or one and
 * the same where they share it. Belongs to one queue.
 * <pre>
 *   host()   the host writes   send(n)   the device reads, and writes   fetch(n)   the host reads
 * </pre>
 */
public final class Staged implements AutoCloseable {
    private static final long PAGE = 4096;

    private final Queue queue;
    private final Buffer buffer;
    /** Null where the memory is shared. */
    private final Pinned pinned;
    private final Arena arena = Arena.ofShared();
    /** Of shared memory, while it is the host's turn; else null. */
    private MemorySegment mapped;

    private Staged(Device device, Queue queue, long bytes, boolean shared) {
        this.queue = queue;
        try {
            this.buffer = shared ? device.over(arena.allocate(bytes, PAGE)) : device.buffer(bytes);
            this.pinned = shared ? null : device.pinned(bytes, queue);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** @param copies whether the device gets memory of its own also where it could work in the host's */
    public static Staged of(Device device, Queue queue, long bytes, boolean copies) {
        return new Staged(device, queue, Math.max(1, bytes), device.info().unified() && !copies);
    }

    /** Begins the host's turn, with whatever lies there. */
    public MemorySegment host() {
        if (pinned != null) {
            return pinned.memory();
        }
        if (mapped == null) {
            mapped = queue.map(buffer);
        }
        return mapped;
    }

    /** Begins the device's turn, which gets to see so many bytes of the host's. */
    public Buffer send(long bytes) {
        if (mapped != null) {
            queue.unmap(buffer, mapped);
            mapped = null;
        } else if (pinned != null && bytes > 0) {
            queue.write(buffer, 0, pinned.memory().asSlice(0, bytes));
        }
        return buffer;
    }

    /** Begins the host's turn, once the queue is done, with so many bytes of the device's. */
    public MemorySegment fetch(long bytes) {
        bring(bytes);
        return await(bytes);
    }

    /** The first half of {@link #fetch}: puts into the queue what brings the bytes, and goes on. */
    void bring(long bytes) {
        if (pinned != null && bytes > 0) {
            queue.read(buffer, 0, pinned.memory().asSlice(0, bytes));
        }
    }

    /** The second half. */
    MemorySegment await(long bytes) {
        if (pinned != null) {
            queue.finish();
        }
        return host().asSlice(0, bytes);
    }

    /** What kernels get as their argument. */
    Buffer buffer() {
        return buffer;
    }

    @Override
    public void close() {
        send(0);
        queue.finish();
        if (pinned != null) {
            pinned.close();
        }
        buffer.close();
        arena.close();
    }
}
