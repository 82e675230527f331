package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.data.Json;
import ghostrow.run.Phases.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
        Map<String, Object> overRanks = new LinkedHashMap<>();
        times.phases().forEach((phase, seconds) -> phases.put(phase.label(), seconds));
        times.overRanks().forEach((phase, spread) -> overRanks.put(phase.label(), RankFigures.asRecord(spread)));
        return with("seconds", times.seconds()).with("startSeconds", times.start()).with("phases", phases)
                .with("phasesOverRanks", overRanks);
    }

    /** What this rank has done since its last step, and how long its process has been there. */
    RunRecord closedBy(Phases phases) {
        phases.lap();
        Map<String, Object> closing = new LinkedHashMap<>();
        for (Phase phase : List.of(Phase.TOTALS, Phase.DIGEST, Phase.PICTURES)) {
            closing.put(phase.label(), phases.of(phase));
        }
        return with("closingSeconds", phases.sinceLastStep()).with("wholeSeconds", ProcessAge.seconds())
                .with("closing", closing);
    }

    /** @param digest null where none was asked for */
    public RunRecord withDigest(String digest) {
        return digest == null ? this : with("digest", digest);
    }

    void tell(Consumer<Map<String, Object>> listener) {
        listener.accept(Collections.unmodifiableMap(fields));
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
