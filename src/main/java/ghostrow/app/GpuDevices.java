package ghostrow.app;

import ghostrow.data.InputException;
import ghostrow.gpu.Device;
import ghostrow.gpu.DeviceInfo;
import ghostrow.gpu.Devices;
import ghostrow.gpu.GpuException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The devices of this machine that could compute beside the processor, as the doctor lists them. */
final class GpuDevices {
    /** What vendors' kernel drivers leave in the file system, and the package that brings OpenCL for them. */
    private record Vendor(String trace, String name, String remedy) {
        boolean isHere() {
            return Files.exists(Path.of(trace));
        }
    }

    private static final List<Vendor> VENDORS = List.of(
            new Vendor("/proc/driver/nvidia", "NVIDIA", "nvidia-opencl-icd, or libnvidia-opencl.so.1 of its driver"),
            new Vendor("/dev/kfd", "AMD", "rocm-opencl-icd"),
            new Vendor("/dev/dri/renderD128", "", "intel-opencl-icd, or the vendor's own"));
    /** Of a compiler, what it could not do and its first complaint; the program follows. */
    private static final int REASON_LINES = 2;
    private static final String MISSING = "missing";
    private static final String POCL = "Portable Computing Language";
    private static final String TRIAL = "to try without one: ocl-icd-libopencl1, pocl-opencl-icd, --gpu-device pocl";

    private GpuDevices() {
    }

    /** What an entry is about, whether that is ready or missing, and what is known of it. */
    record Entry(String title, String state, List<String> facts) {
    }

    /** One entry a device, or one that says why there is none. */
    static List<Entry> list() {
        Devices devices;
        try {
            devices = Devices.find();
        } catch (GpuException e) {
            return List.of(new Entry("GPU", MISSING, List.of(e.getMessage())));
        }
        if (devices.lack() != null) {
            return List.of(new Entry("GPU", MISSING, List.of(devices.lack(), remedy(), TRIAL)));
        }
        List<Entry> entries = new ArrayList<>();
        for (DeviceInfo device : devices.all()) {
            entries.add(entry(device));
        }
        if (devices.all().stream().noneMatch(DeviceInfo::isOffered)) {
            entries.add(new Entry("GPU", MISSING, List.of("OpenCL finds none here", remedy())));
        }
        return entries;
    }

    private static String remedy() {
        Optional<Vendor> vendor = VENDORS.stream().filter(Vendor::isHere).findFirst();
        return "to mend it: " + vendor.map(here -> (here.name().isEmpty() ? "" : "for the GPU of " + here.name() + " here, ")
                + "install " + here.remedy()).orElse("install the OpenCL driver of the GPU's vendor")
                + (Devices.library().isPresent() ? "" : ", and ocl-icd-libopencl1");
    }

    private static Entry entry(DeviceInfo device) {
        Optional<String> refusal = refusal(device);
        List<String> facts = new ArrayList<>();
        facts.add(device.name());
        facts.add(String.format(Locale.ROOT, "%s, %.1f GiB, %d units, %s", kind(device.kind()), device.memory() / 0x1p30,
                device.units(), device.exactness() != 0 ? "double precision" : "no double precision"));
        facts.add(device.platform() + ", " + device.version() + ", driver " + device.driver());
        facts.add(refusal.map(why -> "not used: " + why).orElse("exact; " + (device.isOffered() ? "used where none is named"
                : "used only when named: --gpu-device " + device.number())));
        if (device.platform().equals(POCL) && !System.getenv().containsKey("HWLOC_COMPONENTS")) {
            facts.add("an mpirun of your own may load it and then heeds no signal: export HWLOC_COMPONENTS=-opencl "
                    + "before it (docs/gpu.md)");
        }
        return new Entry("device " + device.number(), refusal.isPresent() ? "refused" : "ready", facts);
    }

    private static String kind(DeviceInfo.Kind kind) {
        return kind == DeviceInfo.Kind.ACCELERATOR ? "accelerator" : kind.name();
    }

    /** Why it cannot be used, which only a program that has run on it knows for certain. */
    private static Optional<String> refusal(DeviceInfo device) {
        if (device.refusal().isPresent()) {
            return device.refusal();
        }
        try (Device open = Device.open(device)) {
            open.build("").close();
            return Optional.empty();
        } catch (GpuException | InputException e) {
            return Optional.of(e.getMessage().lines().limit(REASON_LINES).collect(Collectors.joining(" "))
                    .replace(device.toString(), "it"));
        }
    }
}
