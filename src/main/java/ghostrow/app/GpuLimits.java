package ghostrow.app;

import ghostrow.data.InputException;
import ghostrow.data.Json;
import ghostrow.gpu.Ceiling;
import ghostrow.gpu.Device;
import ghostrow.gpu.DeviceInfo;
import ghostrow.gpu.Devices;
import ghostrow.gpu.GpuException;
import ghostrow.run.App;
import ghostrow.run.GpuOptions;
import ghostrow.run.Options;
import ghostrow.run.RecordOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Measures what a GPU allows, as the benchmark wants to know it beside what kernels reach. */
public final class GpuLimits implements App {
    private static final int CANNOT_RUN = 1;

    private final GpuOptions gpu = new GpuOptions();
    private String json;

    @Override
    public void declare(Options options) {
        options.about("Measures how fast a GPU copies its memory, and adds.");
        gpu.declareDevice(options);
        options.option("--json", "FILE", String.class, value -> json = value,
                "Write the figures as JSON; - is standard output.");
        options.footer("Exit code 1 if the device's driver fails, 2 if there is no such device.");
    }

    @Override
    public Integer call() throws IOException {
        if (json != null && !json.equals("-")) {
            RecordOptions.refuseUnwritable("--json", json, "choose another file, or - for standard output");
        }
        try {
            Devices devices = Devices.find();
            devices.missing(gpu.device()).ifPresent(missing -> {
                throw new InputException("nothing to measure: this needs " + missing);
            });
            try (Device device = Device.open(devices.of(gpu.device(), 0))) {
                tell(device.info(), Ceiling.of(device));
            }
            return 0;
        } catch (GpuException e) {
            System.err.println("ghostrow: " + e.getMessage());
            return CANNOT_RUN;
        }
    }

    private void tell(DeviceInfo info, Ceiling ceiling) throws IOException {
        System.out.println(info);
        System.out.printf(Locale.ROOT, "copies %10.1f GB/s, read and written, %.0f MiB at a time%n", ceiling.copied() / 1e9,
                ceiling.bytes() / 0x1p20);
        System.out.printf(Locale.ROOT, "adds   %10.1f G doubles/s%n", ceiling.added() / 1e9);
        if (json == null) {
            return;
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("device", info.name());
        record.put("platform", info.platform());
        record.put("version", info.version());
        record.put("driver", info.driver());
        record.put("memory", info.memory());
        record.put("copyBytes", ceiling.bytes());
        record.put("copyBytesPerSecond", ceiling.copied());
        record.put("addsPerSecond", ceiling.added());
        if (json.equals("-")) {
            System.out.println(Json.write(record));
        } else {
            Path file = Path.of(json).toAbsolutePath();
            Files.createDirectories(file.getParent());
            Files.writeString(file, Json.write(record) + "\n");
        }
    }
}
