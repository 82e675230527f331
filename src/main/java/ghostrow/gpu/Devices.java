package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The devices that OpenCL offers on this machine.
 *
 * @param all  those that cannot be used among them
 * @param lack why there are none; null where there are some
 */
public record Devices(List<DeviceInfo> all, String lack) {
    /** A run that names no device gets a GPU, or another accelerator; processors have rungs of their own. */
    public static final String AUTO = "auto";

    private static final long ALL = 0xFFFFFFFFL;
    private static final int MOST = 64;

    private static final int PLATFORM_VERSION = 0x901;
    private static final int PLATFORM_NAME = 0x902;

    private static final int TYPE = 0x1000;
    private static final int COMPUTE_UNITS = 0x1002;
    private static final int MAX_GROUP = 0x1004;
    private static final int MAX_BUFFER = 0x1010;
    private static final int MEMORY = 0x101F;
    private static final int LOCAL_MEMORY = 0x1023;
    private static final int NAME = 0x102B;
    private static final int DRIVER = 0x102D;
    private static final int EXACTNESS = 0x1032;
    private static final int UNIFIED = 0x1035;
    private static final int TYPE_CPU = 2;
    private static final int TYPE_GPU = 4;

    /** The file through which drivers are asked: the loader, or a driver itself. */
    public static Optional<String> library() {
        return OpenClLibrary.file();
    }

    /** Asks the drivers, which are loaded for it. */
    public static Devices find() {
        if (OpenClLibrary.file().isEmpty()) {
            return new Devices(List.of(), OpenClLibrary.lack());
        }
        return Handlers.kept(Devices::ask);
    }

    private static Devices ask() {
        try (Arena arena = Arena.ofConfined()) {
            List<DeviceInfo> found = new ArrayList<>();
            MemorySegment ids = arena.allocate(ValueLayout.JAVA_LONG, MOST);
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            int code = OpenCl.getPlatformIds(MOST, ids.address(), count.address());
            if (code != OpenCl.SUCCESS) {
                return new Devices(List.of(), OpenClLibrary.file().orElseThrow() + " finds no device: "
                        + Codes.words(code));
            }
            long[] platforms = ids.asSlice(0, (long) Math.min(MOST, count.get(ValueLayout.JAVA_INT, 0)) * Long.BYTES)
                    .toArray(ValueLayout.JAVA_LONG);
            for (long platform : platforms) {
                addDevices(platform, ids, count, found);
            }
            return new Devices(List.copyOf(found), found.isEmpty() ? "the drivers of OpenCL find no device" : null);
        }
    }

    private static void addDevices(long platform, MemorySegment ids, MemorySegment count, List<DeviceInfo> found) {
        // A driver whose device is not there says so by an error.
        if (OpenCl.getDeviceIds(platform, ALL, MOST, ids.address(), count.address()) != OpenCl.SUCCESS) {
            return;
        }
        String name = text((size, value, needed) -> OpenCl.getPlatformInfo(platform, PLATFORM_NAME, size, value, needed));
        String version = text((size, value, needed) -> OpenCl.getPlatformInfo(platform, PLATFORM_VERSION, size, value,
                needed)).split(",")[0];
        for (int i = 0; i < Math.min(MOST, count.get(ValueLayout.JAVA_INT, 0)); i++) {
            long id = ids.getAtIndex(ValueLayout.JAVA_LONG, i);
            long type = number(id, TYPE);
            found.add(new DeviceInfo(found.size(), id, name, version, text(id, NAME), text(id, DRIVER),
                    (type & TYPE_GPU) != 0 ? DeviceInfo.Kind.GPU
                            : (type & TYPE_CPU) != 0 ? DeviceInfo.Kind.CPU : DeviceInfo.Kind.ACCELERATOR,
                    number(id, COMPUTE_UNITS), number(id, MEMORY), number(id, MAX_BUFFER), number(id, LOCAL_MEMORY),
                    number(id, MAX_GROUP), number(id, UNIFIED) != 0, number(id, EXACTNESS)));
        }
    }

    /** A question to a driver, which writes its answer to a place in memory. */
    @FunctionalInterface
    private interface Question {
        int ask(long size, long value, long needed);
    }

    private static long number(long device, int what) {
        try (Arena arena = Arena.ofConfined()) {
            // Some numbers have four bytes and some have eight, and this machine's lower ones come first.
            MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            int code = OpenCl.getDeviceInfo(device, what, Long.BYTES, value.address(), 0);
            return code == OpenCl.SUCCESS ? value.get(ValueLayout.JAVA_LONG, 0) : 0;
        }
    }

    private static String text(long device, int what) {
        return text((size, value, needed) -> OpenCl.getDeviceInfo(device, what, size, value, needed));
    }

    private static String text(Question question) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment needed = arena.allocate(ValueLayout.JAVA_LONG);
            if (question.ask(0, 0, needed.address()) != OpenCl.SUCCESS) {
                return "unknown";
            }
            MemorySegment value = arena.allocate(needed.get(ValueLayout.JAVA_LONG, 0) + 1);
            question.ask(value.byteSize(), value.address(), 0);
            return value.getString(0).strip().replaceAll("\\s+", " ");
        }
    }

    /** Why no run could use the device that is wished for; empty where one could. */
    public Optional<String> missing(String wish) {
        if (lack != null) {
            return Optional.of("a device, and " + lack);
        }
        List<DeviceInfo> called = called(wish);
        if (called.isEmpty()) {
            return Optional.of(wish.equals(AUTO) ? "a GPU, and OpenCL finds only " + names(all)
                    + " here, which is used when it is named (--gpu-device)"
                    : "the device '" + wish + "', and OpenCL finds only " + names(all));
        }
        if (called.stream().allMatch(device -> device.refusal().isPresent())) {
            return Optional.of("an exact device, and of " + called.getFirst() + " is known: "
                    + called.getFirst().refusal().orElseThrow());
        }
        return Optional.empty();
    }

    /**
     * The device for one of the ranks that share this machine, in turn.
     *
     * @param wish {@link #AUTO}, or what the user calls it; one for which nothing is {@link #missing}
     */
    public DeviceInfo of(String wish, int localRank) {
        List<DeviceInfo> usable = called(wish).stream().filter(device -> device.refusal().isEmpty()).toList();
        return usable.get(localRank % usable.size());
    }

    private List<DeviceInfo> called(String wish) {
        return all.stream().filter(device -> wish.equals(AUTO) ? device.isOffered() : device.isCalled(wish)).toList();
    }

    private static String names(List<DeviceInfo> devices) {
        return devices.stream().map(DeviceInfo::toString).distinct().collect(Collectors.joining(", "));
    }
}
