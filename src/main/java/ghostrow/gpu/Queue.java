package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a device is to do, one after the other. Whoever puts something in goes on at once; what stands in two queues may
 * be done at the same time. One thread at a time may use it.
 */
public final class Queue implements AutoCloseable {
    private static final int BLOCKING = 1;
    private static final int MAP_READ_WRITE = 3;

    private final long handle;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment sizes = arena.allocate(ValueLayout.JAVA_LONG, 4);
    private final MemorySegment event = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment code = arena.allocate(ValueLayout.JAVA_INT);

    Queue(long handle) {
        this.handle = handle;
    }

    /** A place in a queue, which is reached when all before it is done. To be waited for, or dropped, once. */
    public record Mark(long event) {
    }

    /** Runs a kernel on {@code items} items, groups of {@code group}; the last group may have items to spare. */
    public void run(Kernel kernel, long items, long group) {
        sizes.setAtIndex(ValueLayout.JAVA_LONG, 0, Math.ceilDiv(items, group) * group);
        sizes.setAtIndex(ValueLayout.JAVA_LONG, 2, group);
        enqueue(kernel, 1);
    }

    /** The same in two dimensions, the first of which lies close in memory. */
    public void run(Kernel kernel, long columns, long rows, long groupColumns, long groupRows) {
        sizes.setAtIndex(ValueLayout.JAVA_LONG, 0, Math.ceilDiv(columns, groupColumns) * groupColumns);
        sizes.setAtIndex(ValueLayout.JAVA_LONG, 1, Math.ceilDiv(rows, groupRows) * groupRows);
        sizes.setAtIndex(ValueLayout.JAVA_LONG, 2, groupColumns);
        sizes.setAtIndex(ValueLayout.JAVA_LONG, 3, groupRows);
        enqueue(kernel, 2);
    }

    private void enqueue(Kernel kernel, int dimensions) {
        Codes.check(OpenCl.enqueueNdRangeKernel(handle, kernel.handle(), dimensions, 0, sizes.address(),
                sizes.address() + 2 * Long.BYTES, 0, 0, 0), "start " + kernel.name());
    }

    /** Copies from the device's memory; the host's is complete when this queue has got so far. */
    public void read(Buffer from, long offset, MemorySegment into) {
        Codes.check(OpenCl.enqueueReadBuffer(handle, from.handle(), 0, offset, into.byteSize(), into.address(), 0, 0, 0),
                "copy from memory");
    }

    /** Copies to the device's memory; the host's may be changed again when this queue has got so far. */
    public void write(Buffer into, long offset, MemorySegment from) {
        Codes.check(OpenCl.enqueueWriteBuffer(handle, into.handle(), 0, offset, from.byteSize(), from.address(), 0, 0, 0),
                "copy to memory");
    }

    public void copy(Buffer from, long fromOffset, Buffer into, long intoOffset, long bytes) {
        Codes.check(OpenCl.enqueueCopyBuffer(handle, from.handle(), into.handle(), fromOffset, intoOffset, bytes, 0, 0, 0),
                "copy within memory");
    }

    /** Lets the host at a buffer that lies in its own memory, when this queue has got so far, until {@link #unmap}. */
    MemorySegment map(Buffer buffer) {
        long address = OpenCl.enqueueMapBuffer(handle, buffer.handle(), BLOCKING, MAP_READ_WRITE, 0, buffer.bytes(), 0, 0, 0,
                code.address());
        Codes.check(code.get(ValueLayout.JAVA_INT, 0), "reach memory");
        return MemorySegment.ofAddress(address).reinterpret(buffer.bytes());
    }

    void unmap(Buffer buffer, MemorySegment mapped) {
        Codes.check(OpenCl.enqueueUnmapMemObject(handle, buffer.handle(), mapped.address(), 0, 0, 0), "give memory back");
    }

    public Mark mark() {
        Codes.check(OpenCl.enqueueMarker(handle, 0, 0, event.address()), "mark a place");
        return new Mark(event.get(ValueLayout.JAVA_LONG, 0));
    }

    /** What is put in from here on waits for the mark, which may be of another queue that has been {@link #flush flushed}. */
    public void after(Mark mark) {
        event.set(ValueLayout.JAVA_LONG, 0, mark.event);
        int result = OpenCl.enqueueBarrier(handle, 1, event.address(), 0);
        OpenCl.releaseEvent(mark.event);
        Codes.check(result, "wait for a mark");
    }

    /** Waits until the mark is reached. */
    public void await(Mark mark) {
        event.set(ValueLayout.JAVA_LONG, 0, mark.event);
        int result = OpenCl.waitForEvents(1, event.address());
        OpenCl.releaseEvent(mark.event);
        Codes.check(result, "wait");
    }

    /** Has the device begin with what is in here. */
    public void flush() {
        Codes.check(OpenCl.flush(handle), "begin");
    }

    /** Waits until everything in here is done. */
    public void finish() {
        Codes.check(OpenCl.finish(handle), "finish");
    }

    @Override
    public void close() {
        OpenCl.releaseCommandQueue(handle);
        arena.close();
    }
}
