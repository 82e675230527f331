package ghostrow.gpu;

import java.lang.foreign.MemorySegment;

/** Memory of the host's that the driver has pinned, so that the device copies to and from it by itself. */
public final class Pinned implements AutoCloseable {
    private final Buffer buffer;
    private final MemorySegment memory;
    private final Queue queue;

    Pinned(Buffer buffer, MemorySegment memory, Queue queue) {
        this.buffer = buffer;
        this.memory = memory;
        this.queue = queue;
    }

    public MemorySegment memory() {
        return memory;
    }

    @Override
    public void close() {
        queue.unmap(buffer, memory);
        queue.finish();
        buffer.close();
    }
}
