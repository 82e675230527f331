package ghostrow.many;

import ghostrow.data.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A line of the journal: somebody has begun a piece of work, or has ended it. It begins with a checksum of the rest,
 * so that what a crash has left half written is known.
 *
 * @param item    which piece of work, from 0
 * @param start   in the how manieth start of the job
 * @param worker  which group of that job's ranks
 * @param attempt how often it has been begun
 * @param at      when this was written, in milliseconds since 1970
 * @param seconds that it took, if it is over
 */
record Entry(int item, int start, int worker, String host, int attempt, long at, double seconds, Outcome outcome) {
    private static final int SUM = 8;
    private static final Outcome BEGUN = new Outcome(State.running, 0, "", Map.of());

    static Entry begun(int item, int start, int worker, String host, int attempt) {
        return new Entry(item, start, worker, host, attempt, System.currentTimeMillis(), 0, BEGUN);
    }

    Entry ended(Outcome outcome, double seconds) {
        return new Entry(item, start, worker, host, attempt, System.currentTimeMillis(), seconds, outcome);
    }

    State state() {
        return outcome.state();
    }

    /** Whether this tells more than the other about the same piece of work. */
    boolean isNewerThan(Entry other) {
        return attempt > other.attempt || attempt == other.attempt && state() != State.running;
    }

    byte[] line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("item", item);
        fields.put("state", state().name());
        fields.put("start", start);
        fields.put("worker", worker);
        fields.put("host", host);
        fields.put("attempt", attempt);
        fields.put("at", at);
        if (state() != State.running) {
            fields.put("seconds", seconds);
            fields.put("code", outcome.code());
            fields.put("why", outcome.why());
            fields.put("figures", outcome.figures());
        }
        byte[] text = Json.write(fields).getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[SUM + 1 + text.length + 1];
        writeSum(text, line);
        line[SUM] = ' ';
        System.arraycopy(text, 0, line, SUM + 1, text.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** @param line without its end; nothing if it is not as it was written */
    static Optional<Entry> parse(byte[] line, int from, int to) {
        if (to - from <= SUM + 1 || line[from + SUM] != ' ') {
            return Optional.empty();
        }
        byte[] text = new byte[to - from - SUM - 1];
        System.arraycopy(line, from + SUM + 1, text, 0, text.length);
        byte[] sum = new byte[SUM];
        writeSum(text, sum);
        for (int i = 0; i < SUM; i++) {
            if (sum[i] != line[from + i]) {
                return Optional.empty();
            }
        }
        Map<?, ?> fields = (Map<?, ?>) Json.read(new String(text, StandardCharsets.UTF_8));
        return Optional.of(of(fields));
    }

    @SuppressWarnings("unchecked")
    private static Entry of(Map<?, ?> fields) {
        State state = State.valueOf((String) fields.get("state"));
        Outcome outcome = state == State.running ? BEGUN
                : new Outcome(state, number(fields, "code").intValue(), (String) fields.get("why"),
                        (Map<String, Object>) fields.get("figures"));
        return new Entry(number(fields, "item").intValue(), number(fields, "start").intValue(),
                number(fields, "worker").intValue(), (String) fields.get("host"), number(fields, "attempt").intValue(),
                number(fields, "at").longValue(), state == State.running ? 0 : number(fields, "seconds").doubleValue(),
                outcome);
    }

    private static Number number(Map<?, ?> fields, String name) {
        return (Number) fields.get(name);
    }

    private static void writeSum(byte[] text, byte[] to) {
        CRC32 sum = new CRC32();
        sum.update(text);
        long value = sum.getValue();
        for (int i = SUM - 1; i >= 0; i--, value >>>= 4) {
            to[i] = (byte) Character.forDigit((int) (value & 0xF), 16);
        }
    }
}
