package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A function of a program that runs on the device for many items at once. One thread at a time may set its arguments. */
public final class Kernel implements AutoCloseable {
    private static final int GROUP_SIZE = 0x11B0;

    private final long handle;
    private final String name;
    private final long device;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);

    Kernel(long handle, String name, long device) {
        this.handle = handle;
        this.name = name;
        this.device = device;
    }

    long handle() {
        return handle;
    }

    String name() {
        return name;
    }

    public Kernel with(int index, Buffer buffer) {
        return with(index, Long.BYTES, buffer.handle());
    }

    public Kernel with(int index, long number) {
        return with(index, Long.BYTES, number);
    }

    public Kernel with(int index, int number) {
        return with(index, Integer.BYTES, number);
    }

    public Kernel with(int index, double number) {
        return with(index, Double.BYTES, Double.doubleToRawLongBits(number));
    }

    private Kernel with(int index, long bytes, long bits) {
        value.set(ValueLayout.JAVA_LONG, 0, bits);
        Codes.check(OpenCl.setKernelArg(handle, index, bytes, value.address()), "set argument " + index + " of " + name);
        return this;
    }

    /** The most items of a group that the device has registers for. */
    public long largestGroup() {
        Codes.check(OpenCl.getKernelWorkGroupInfo(handle, device, GROUP_SIZE, Long.BYTES, value.address(), 0),
                "ask about " + name);
        return value.get(ValueLayout.JAVA_LONG, 0);
    }

    @Override
    public void close() {
        OpenCl.releaseKernel(handle);
        arena.close();
    }
}
