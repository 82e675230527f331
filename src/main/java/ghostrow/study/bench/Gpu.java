package ghostrow.study.bench;

import ghostrow.data.Json;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The GPU that runs of this program would take, as one of them tells.
 *
 * @param missing why there is none; empty if there is
 * @param copy    bytes a second read and written
 * @param add     additions of doubles a second
 */
record Gpu(String missing, String device, double copy, double add) {
    /** A driver that compiles its kernels for the first time. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    static Gpu of(Path home, Path scratch) throws IOException, InterruptedException {
        Path file = scratch.resolve("gpu.json");
        Ended ended = new Launch(List.of(home.resolve("ghostrow").toString(), "gpu-limits", "--json", file.toString()),
                LIMIT).errorsApart().run();
        if (!ended.well()) {
            return new Gpu(ended.err().lines().filter(line -> line.startsWith("ghostrow: ")).findFirst()
                    .map(line -> line.substring("ghostrow: ".length()))
                    .orElse("ghostrow gpu-limits " + ended.how()), "", 0, 0);
        }
        Map<?, ?> record = (Map<?, ?>) Json.read(Files.readString(file));
        return new Gpu("", (String) record.get("device"), number(record, "copyBytesPerSecond"),
                number(record, "addsPerSecond"));
    }

    private static double number(Map<?, ?> record, String name) {
        return ((Number) record.get(name)).doubleValue();
    }
}
