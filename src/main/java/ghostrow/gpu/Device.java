package ghostrow.gpu;

import ghostrow.data.InputException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/**
 * A device that is open for one rank: makes programs, memory and queues on it. Whoever opens it closes what it has made.
 */
public final class Device implements AutoCloseable {
    private static final int READ_WRITE = 1;
    private static final int USE_HOST_MEMORY = 8;
    private static final int ALLOCATE_ON_HOST = 16;

    private final DeviceInfo info;
    private final long context;

    private Device(DeviceInfo info, long context) {
        this.info = info;
        this.context = context;
    }

    public static Device open(DeviceInfo info) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment devices = arena.allocateFrom(ValueLayout.JAVA_LONG, info.id());
            long context = Handlers.kept(() -> OpenCl.createContext(0, 1, devices.address(), code.address()));
            Codes.check(code.get(ValueLayout.JAVA_INT, 0), "open " + info);
            return new Device(info, context);
        }
    }

    public DeviceInfo info() {
        return info;
    }

    public Queue queue() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate(ValueLayout.JAVA_INT);
            long queue = OpenCl.createCommandQueue(context, info.id(), 0, code.address());
            Codes.check(code.get(ValueLayout.JAVA_INT, 0), "open a queue");
            return new Queue(queue);
        }
    }

    /**
     * Compiles OpenCL C, whose multiplications and additions are never fused; a device that fuses them all the same is
     * refused.
     */
    public Program build(String source) {
        Program program = Program.build(context, info, source);
        try {
            program.requireExact(this);
        } catch (GpuException | InputException e) {
            program.close();
            throw e;
        }
        return program;
    }

    /** Memory of the device's own. */
    public Buffer buffer(long bytes) {
        return buffer(READ_WRITE, bytes, 0);
    }

    /** Memory of the host's, which a device that shares it works on in place. */
    Buffer over(MemorySegment memory) {
        return buffer(READ_WRITE | USE_HOST_MEMORY, memory.byteSize(), memory.address());
    }

    public Pinned pinned(long bytes, Queue queue) {
        Buffer buffer = buffer(READ_WRITE | ALLOCATE_ON_HOST, bytes, 0);
        return new Pinned(buffer, queue.map(buffer), queue);
    }

    private Buffer buffer(long flags, long bytes, long host) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate(ValueLayout.JAVA_INT);
            long buffer = OpenCl.createBuffer(context, flags, bytes, host, code.address());
            int result = code.get(ValueLayout.JAVA_INT, 0);
            if (Codes.isLackOfMemory(result)) {
                throw lackOfMemory(bytes, Codes.words(result));
            }
            Codes.check(result, "get memory");
            return new Buffer(buffer, bytes);
        }
    }

    /** Refuses work that does not fit into the device's memory. Drivers themselves may notice only when it is used. */
    public void requireMemory(long bytes) {
        if (bytes > info.memory()) {
            throw lackOfMemory(bytes, "it has no more");
        }
    }

    private InputException lackOfMemory(long bytes, String reason) {
        return new InputException(String.format(Locale.ROOT, "%s: %d bytes (%.1f GiB) of its memory are needed and %d (%.1f "
                + "GiB) are all it has, %d in one piece: %s; use more devices or a smaller grid", info, bytes, bytes / 0x1p30,
                info.memory(), info.memory() / 0x1p30, info.largest(), reason));
    }

    @Override
    public void close() {
        OpenCl.releaseContext(context);
    }
}
