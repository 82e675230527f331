package ghostrow.many;

import ghostrow.data.Json;
import java.nio.charset.StandardCharsets;
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
    private static final String SUM_COMES = " ".repeat(SUM + 1);
    private static final int LINE = 200;
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

    /** Put together by hand: a small piece of work takes less time than a map of what is to be said of it. */
    byte[] line() {
        StringBuilder text = new StringBuilder(LINE).append(SUM_COMES)
                .append("{\"item\":").append(item).append(",\"state\":\"").append(state().name())
                .append("\",\"start\":").append(start).append(",\"worker\":").append(worker)
                .append(",\"attempt\":").append(attempt).append(",\"at\":").append(at).append(",\"host\":");
        Json.quote(host, text);
        if (state() != State.running) {
            text.append(",\"seconds\":").append(seconds).append(",\"code\":").append(outcome.code()).append(",\"why\":");
            Json.quote(outcome.why(), text);
            text.append(",\"figures\":").append(outcome.figures().isEmpty() ? "{}" : Json.write(outcome.figures()));
        }
        byte[] line = text.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
        writeSum(line, SUM + 1, line.length - 1, line, 0);
        return line;
    }

    /** @param line without its end; nothing if it is not as it was written */
    static Optional<Entry> parse(byte[] line, int from, int to) {
        if (to - from <= SUM + 1 || line[from + SUM] != ' ') {
            return Optional.empty();
        }
        byte[] sum = new byte[SUM];
        writeSum(line, from + SUM + 1, to, sum, 0);
        for (int i = 0; i < SUM; i++) {
            if (sum[i] != line[from + i]) {
                return Optional.empty();
            }
        }
        Map<?, ?> fields = (Map<?, ?>) Json.read(new String(line, from + SUM + 1, to - from - SUM - 1,
                StandardCharsets.UTF_8));
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

    /** Of the bytes up to {@code to}, as so many digits. */
    private static void writeSum(byte[] bytes, int from, int to, byte[] into, int at) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, to - from);
        long value = sum.getValue();
        for (int i = at + SUM - 1; i >= at; i--, value >>>= 4) {
            into[i] = (byte) Character.forDigit((int) (value & 0xF), 16);
        }
    }
}
