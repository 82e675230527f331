package ghostrow.gpu;

import java.util.Map;

/** What the numbers mean that OpenCL's functions return. */
final class Codes {
    static final int OUT_OF_DEVICE_MEMORY = -4;
    static final int OUT_OF_RESOURCES = -5;
    static final int OUT_OF_HOST_MEMORY = -6;
    static final int BUILD_FAILED = -11;
    static final int BAD_BUFFER_SIZE = -61;
    static final int NO_PLATFORM = -1001;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(-1, "there is no such device"),
            Map.entry(-2, "the device is not available"),
            Map.entry(-3, "the driver has no compiler"),
            Map.entry(OUT_OF_DEVICE_MEMORY, "the device's memory is full"),
            Map.entry(OUT_OF_RESOURCES, "the device has not enough resources left"),
            Map.entry(OUT_OF_HOST_MEMORY, "the driver's memory is full"),
            Map.entry(BUILD_FAILED, "the program cannot be compiled"),
            Map.entry(-14, "what was waited for has failed"),
            Map.entry(-30, "a value is out of range"),
            Map.entry(-36, "the queue is gone"),
            Map.entry(-43, "an option of the compiler is unknown"),
            Map.entry(-46, "the program has no kernel of that name"),
            Map.entry(-48, "the kernel is gone"),
            Map.entry(-52, "the kernel lacks an argument"),
            Map.entry(-54, "the group does not fit the device or the work"),
            Map.entry(BAD_BUFFER_SIZE, "the device takes no buffer so large"),
            Map.entry(NO_PLATFORM, "no driver is installed"));

    private Codes() {
    }

    static String words(int code) {
        return WORDS.getOrDefault(code, "no reason in words") + " (error " + code + ")";
    }

    static boolean isLackOfMemory(int code) {
        return code == OUT_OF_DEVICE_MEMORY || code == OUT_OF_RESOURCES || code == OUT_OF_HOST_MEMORY
                || code == BAD_BUFFER_SIZE;
    }

    /** @param what was asked of the device, such as "start a kernel" */
    static void check(int code, String what) {
        if (code != OpenCl.SUCCESS) {
            throw new GpuException("cannot " + what + " on the device: " + words(code));
        }
    }
}
