package ghostrow.gpu;

import ghostrow.data.InputException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** OpenCL C, compiled for a device by its driver. */
public final class Program implements AutoCloseable {
    /**
     * Stands above every program. Only the pragma keeps multiplications and additions apart: there is no option for it
     * that all compilers know. A pair whose product and whose difference are exact only when fused tells whether it was
     * heeded.
     */
    static final String PRELUDE = """
            #pragma OPENCL FP_CONTRACT OFF
            #pragma OPENCL EXTENSION cl_khr_fp64 : enable

            kernel void canary(global double *pair) {
                pair[0] = pair[0] * pair[0] - pair[1];
            }

            """;
    private static final int BUILD_LOG = 0x1183;
    private static final double X = 1 + 0x1p-27;
    private static final double SQUARE = 1 + 0x1p-26;

    private final long handle;
    private final DeviceInfo device;

    private Program(long handle, DeviceInfo device) {
        this.handle = handle;
        this.device = device;
    }

    static Program build(long context, DeviceInfo device, String source) {
        try (Arena arena = Arena.ofConfined()) {
            String whole = PRELUDE + source;
            MemorySegment texts = arena.allocate(ValueLayout.JAVA_LONG);
            texts.set(ValueLayout.JAVA_LONG, 0, arena.allocateFrom(whole).address());
            MemorySegment code = arena.allocate(ValueLayout.JAVA_INT);
            long handle = OpenCl.createProgramWithSource(context, 1, texts.address(), 0, code.address());
            Codes.check(code.get(ValueLayout.JAVA_INT, 0), "make a program");
            MemorySegment devices = arena.allocateFrom(ValueLayout.JAVA_LONG, device.id());
            int built = OpenCl.buildProgram(handle, 1, devices.address(), arena.allocateFrom("-cl-std=CL1.2").address());
            if (built != OpenCl.SUCCESS) {
                String log = log(handle, device.id());
                OpenCl.releaseProgram(handle);
                throw new GpuException("a program cannot be compiled for " + device + ": " + Codes.words(built) + "\n"
                        + log.strip() + "\n" + numbered(whole));
            }
            return new Program(handle, device);
        }
    }

    private static String log(long program, long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
            OpenCl.getProgramBuildInfo(program, device, BUILD_LOG, 0, 0, size.address());
            MemorySegment text = arena.allocate(size.get(ValueLayout.JAVA_LONG, 0) + 1);
            OpenCl.getProgramBuildInfo(program, device, BUILD_LOG, text.byteSize(), text.address(), 0);
            return text.getString(0);
        }
    }

    private static String numbered(String source) {
        String[] lines = source.split("\n");
        return IntStream.range(0, lines.length).mapToObj(i -> String.format("%4d  %s", i + 1, lines[i]))
                .collect(Collectors.joining("\n"));
    }

    /** Refuses a device that fuses what must be rounded apart. */
    void requireExact(Device on) {
        try (Arena arena = Arena.ofConfined(); Kernel canary = kernel("canary");
                Buffer buffer = on.buffer(2 * Double.BYTES); Queue queue = on.queue()) {
            MemorySegment pair = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, X, SQUARE);
            queue.write(buffer, 0, pair);
            queue.run(canary.with(0, buffer), 1, 1);
            queue.read(buffer, 0, pair);
            queue.finish();
            if (pair.get(ValueLayout.JAVA_DOUBLE, 0) != 0) {
                throw new InputException(device + " fuses multiplications with additions although it is told not to, so its "
                        + "results would have other bits; use another kernel, or another device (--gpu-device)");
            }
        }
    }

    public Kernel kernel(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate(ValueLayout.JAVA_INT);
            long kernel = OpenCl.createKernel(handle, arena.allocateFrom(name).address(), code.address());
            Codes.check(code.get(ValueLayout.JAVA_INT, 0), "make kernel " + name);
            return new Kernel(kernel, name, device.id());
        }
    }

    @Override
    public void close() {
        OpenCl.releaseProgram(handle);
    }
}
