package ghostrow.profile;

import ghostrow.comm.Comm;
import ghostrow.comm.CommCall;
import ghostrow.data.Json;
import ghostrow.profile.Meetings.Message;
import ghostrow.profile.Timeline.Span;
import ghostrow.trace.RankTrace;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The timeline as chrome://tracing and Perfetto open it: a process a rank, a track for phases and one for calls. */
final class ChromeTrace {
    private static final long MOST = 200_000;
    private static final int PHASES = 0;
    private static final int CALLS = 1;

    private final Profile profile;
    private final Timeline timeline;
    private final Writer out;
    private String separator = "";
    private long arrow;

    private ChromeTrace(Profile profile, Writer out) {
        this.profile = profile;
        this.timeline = new Timeline(profile, MOST);
        this.out = out;
    }

    static void write(Profile profile, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("{\"displayTimeUnit\":\"ns\",\"otherData\":" + Json.write(Map.of("command",
                    profile.first().text("command"), "clockErrorSeconds", profile.clockError())) + ",\"traceEvents\":[\n");
            ChromeTrace trace = new ChromeTrace(profile, out);
            for (RankTrace rank : profile.traces()) {
                trace.add(rank);
            }
            out.write("\n]}\n");
        }
    }

    private void add(RankTrace rank) throws IOException {
        name("process_name", rank.rank(), PHASES, "rank " + rank.rank() + " (" + rank.text("host") + ")");
        name("thread_name", rank.rank(), PHASES, "phases");
        name("thread_name", rank.rank(), CALLS, "calls");
        for (Span span : timeline.spans(rank)) {
            Map<String, Object> event = event("X", rank.rank(), span.phase() ? PHASES : CALLS, span.began());
            event.put("name", span.phase() ? profile.phase(span.kind()) : CommCall.of(span.kind()).label());
            event.put("cat", span.phase() ? "phase" : "call");
            event.put("dur", micros(span.ended() - span.began()));
            if (!span.phase()) {
                event.put("args", span.peer() == Comm.PROC_NULL ? Map.of("bytes", span.bytes())
                        : Map.of("bytes", span.bytes(), "with", span.peer()));
            }
            write(event);
        }
        for (Message message : timeline.messages(rank)) {
            arrow++;
            flow("s", message.from(), message.sentAt());
            flow("f", message.to(), message.arrivedAt());
        }
        long[] at = rank.longs("memoryAt");
        long[] resident = rank.longs("memoryResident");
        long[] heap = rank.longs("memoryHeap");
        for (int i = 0; i < at.length; i++) {
            long time = rank.time(at[i]);
            if (time >= timeline.from() && time <= timeline.to()) {
                Map<String, Object> event = event("C", rank.rank(), PHASES, time);
                event.put("name", "memory");
                event.put("args", Map.of("resident", resident[i], "heap", heap[i]));
                write(event);
            }
        }
    }

    private void name(String what, int rank, int track, String name) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("ph", "M");
        event.put("pid", rank);
        event.put("tid", track);
        event.put("name", what);
        event.put("args", Map.of("name", name));
        write(event);
    }

    private void flow(String phase, int rank, long at) throws IOException {
        Map<String, Object> event = event(phase, rank, CALLS, at);
        event.put("name", "message");
        event.put("cat", "message");
        event.put("id", arrow);
        if (phase.equals("f")) {
            event.put("bp", "e");
        }
        write(event);
    }

    private Map<String, Object> event(String phase, int rank, int track, long at) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("ph", phase);
        event.put("pid", rank);
        event.put("tid", track);
        event.put("ts", micros(at - profile.from()));
        return event;
    }

    private static double micros(long nanos) {
        return nanos / 1e3;
    }

    private void write(Map<String, Object> event) throws IOException {
        out.write(separator + Json.write(event));
        separator = ",\n";
    }
}
