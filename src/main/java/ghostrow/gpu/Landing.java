package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory in which the device leaves what the host is to have: its own, of which a copy is fetched, or the host's. */
sealed interface Landing extends AutoCloseable {

    /** @param copies whether a copy is wanted also where the device could work in the host's memory */
    static Landing of(Device device, Queue queue, long bytes, boolean copies) {
        return device.info().unified() && !copies ? Shared.of(device, queue, bytes)
                : new Copied(device.buffer(bytes), device.pinned(bytes, queue), queue);
    }

    Buffer buffer();

    /** Enqueues what is needed for the host to have so many bytes. */
    void fetch(long bytes);

    /** Waits for what is enqueued; the host may look at it until {@link #giveBack}. */
    MemorySegment await();

    /** Before the device writes there again. */
    void giveBack();

    @Override
    void close();

    /** The device's memory, and the host's copy. */
    record Copied(Buffer buffer, Pinned copy, Queue queue) implements Landing {
        @Override
        public void fetch(long bytes) {
            queue.read(buffer, 0, copy.memory().asSlice(0, bytes));
        }

        @Override
        public MemorySegment await() {
            queue.finish();
            return copy.memory();
        }

        @Override
        public void giveBack() {
            // It is the host's own.
        }

        @Override
        public void close() {
            copy.close();
            buffer.close();
        }
    }

    /** The host's memory. */
    final class Shared implements Landing {
        private static final int PAGE = 4096;

        private final Arena arena;
        private final Buffer buffer;
        private final Queue queue;
        private MemorySegment mapped;

        private Shared(Arena arena, Buffer buffer, Queue queue) {
            this.arena = arena;
            this.buffer = buffer;
            this.queue = queue;
        }

        static Shared of(Device device, Queue queue, long bytes) {
            Arena arena = Arena.ofShared();
            return new Shared(arena, device.over(arena.allocate(bytes, PAGE)), queue);
        }

        @Override
        public Buffer buffer() {
            return buffer;
        }

        @Override
        public void fetch(long bytes) {
            // It is there.
        }

        @Override
        public MemorySegment await() {
            mapped = queue.map(buffer);
            return mapped;
        }

        @Override
        public void giveBack() {
            queue.unmap(buffer, mapped);
        }

        @Override
        public void close() {
            queue.finish();
            buffer.close();
            arena.close();
        }
    }
}
