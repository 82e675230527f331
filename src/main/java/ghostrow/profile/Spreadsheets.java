package ghostrow.profile;

import ghostrow.comm.CommCall;
import ghostrow.comm.Ledger.Costs;
import ghostrow.data.CsvText;
import ghostrow.profile.Function.Order;
import ghostrow.trace.RankTrace;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A profile as CSV (RFC 4180), a table a file. */
final class Spreadsheets {
    private final Profile profile;

    Spreadsheets(Profile profile) {
        this.profile = profile;
    }

    void functions(Path file) throws IOException {
        double all = profile.samples().time().total();
        try (Writer out = Files.newBufferedWriter(file)) {
            row(out, "function", "calls", "samples", "own_s", "cumulative_s", "own_percent", "own_min_s", "own_mean_s",
                    "own_max_s", "max_rank");
            for (Function each : Function.sorted(profile.functions(), Order.own)) {
                double[] own = each.own();
                int most = 0;
                for (int rank = 0; rank < own.length; rank++) {
                    most = own[rank] > own[most] ? rank : most;
                }
                row(out, each.name(), each.calls().isPresent() ? each.calls().getAsLong() : "", each.samples(),
                        each.ownSeconds(), each.cumulativeSeconds(), all == 0 ? 0 : 100 * each.ownSeconds() / all,
                        Arrays.stream(own).min().orElse(0), each.ownSeconds() / own.length, own[most], most);
            }
        }
    }

    void lines(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            row(out, "function", "file", "line", "hits", "samples", "seconds", "percent", "bytes", "text");
            double all = profile.samples().stepping();
            for (LineTable table : profile.lines()) {
                for (LineTable.Row each : table.rows()) {
                    row(out, each.method(), table.file(), each.line(), each.hits().isPresent()
                            ? each.hits().getAsLong() : "", each.samples(), each.seconds(), all == 0 ? 0
                            : 100 * each.seconds() / all, each.bytes() < 0 ? "" : each.bytes(), each.text());
                }
            }
        }
    }

    void memory(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            row(out, "rank", "seconds", "resident_bytes", "heap_bytes");
            for (RankTrace trace : profile.traces()) {
                long[] at = trace.longs("memoryAt");
                long[] resident = trace.longs("memoryResident");
                long[] heap = trace.longs("memoryHeap");
                for (int i = 0; i < at.length; i++) {
                    row(out, trace.rank(), (trace.time(at[i]) - profile.from()) / 1e9, resident[i], heap[i]);
                }
            }
        }
    }

    void calls(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            row(out, "call", "rank", "calls", "bytes", "seconds", "waiting_s", "percent_of_run");
            for (Map.Entry<CommCall, List<Costs>> entry : profile.calls().entrySet()) {
                for (int i = 0; i < entry.getValue().size(); i++) {
                    Costs costs = entry.getValue().get(i);
                    RankTrace trace = profile.traces().get(i);
                    row(out, entry.getKey().label(), trace.rank(), costs.calls(), costs.bytes(), costs.seconds(),
                            costs.waiting(), trace.seconds() == 0 ? 0 : 100 * costs.seconds() / trace.seconds());
                }
            }
        }
    }

    private static void row(Writer out, Object... cells) throws IOException {
        out.write(CsvText.line(Arrays.asList(cells)) + "\r\n");
    }
}
