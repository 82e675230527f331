package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run has to say of itself to programs: one JSON object. Rank 0 writes it. */
public final class RunRecord {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public RunRecord(String app, Comm comm, int threads, String transport, String kernel) {
        with("app", app).with("ranks", comm.size()).with("threads", threads).with("transport", transport)
                .with("kernel", kernel);
    }

    public RunRecord with(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    public RunRecord with(Phases.Times times) {
        Map<String, Object> phases = new LinkedHashMap<>();
        times.phases().forEach((phase, seconds) -> phases.put(phase.label(), seconds));
        return with("seconds", times.seconds()).with("phases", phases);
    }

    /** @param digest null where none was asked for */
    public RunRecord withDigest(String digest) {
        return digest == null ? this : with("digest", digest);
    }

    /** @param where a file, or {@code -} for standard output */
    public void write(String where) throws IOException {
        String text = Json.write(fields) + "\n";
        if (where.equals("-")) {
            System.out.print(text);
        } else {
            Path file = Path.of(where).toAbsolutePath();
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }
}
