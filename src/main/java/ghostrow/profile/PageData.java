package ghostrow.profile;

import ghostrow.comm.CommCall;
import ghostrow.profile.Findings.Finding;
import ghostrow.profile.Function.Order;
import ghostrow.profile.Meetings.Late;
import ghostrow.profile.Meetings.Message;
import ghostrow.profile.Timeline.Span;
import ghostrow.trace.RankTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A profile as its page gets it: numbers and names, no more of them than a page of a few megabytes can hold. */
final class PageData {
    private static final long MOST_EVENTS = 60_000;
    private static final int MOST_FUNCTIONS = 400;
    private static final int MOST_TABLES = 20;
    /** Nanoseconds. */
    private static final double UNIT = 100;

    private final Profile profile;
    private final Map<String, Object> data = new LinkedHashMap<>();
    private final Map<String, String> missing = new TreeMap<>();

    private PageData(Profile profile) {
        this.profile = profile;
    }

    static Map<String, Object> of(Profile profile, List<Finding> findings) {
        PageData page = new PageData(profile);
        page.head(findings);
        page.functions();
        page.lines();
        page.memory();
        page.timeline();
        page.calls();
        if (!profile.samples().unread().isEmpty()) {
            page.missing.put("functions", "not all processes left their samples: " + profile.samples().unread());
        }
        page.data.put("missing", page.missing);
        return page.data;
    }

    /** In the order of the ranks; null for one that left nothing. */
    private <T> List<T> byRank(java.util.function.Function<RankTrace, T> of) {
        List<T> all = new ArrayList<>(Collections.nCopies(profile.ranks(), null));
        profile.traces().forEach(trace -> all.set(trace.rank(), of.apply(trace)));
        return all;
    }

    private void head(List<Finding> findings) {
        RankTrace first = profile.first();
        List<String> hosts = profile.traces().stream().map(trace -> trace.text("host")).distinct().toList();
        data.put("title", first.text("command").replaceFirst("^ghostrow ", ""));
        data.put("command", first.text("command"));
        data.put("app", first.text("app"));
        data.put("started", first.text("started"));
        data.put("ranks", profile.ranks());
        data.put("threads", first.number("threads"));
        data.put("hosts", hosts);
        data.put("hostOfRank", byRank(trace -> hosts.indexOf(trace.text("host"))));
        data.put("seconds", profile.seconds());
        data.put("summary", findings.stream().map(each -> Map.of("about", each.about(), "text", each.text()))
                .toList());
        data.put("clock", Map.of("uncertainty", profile.clockError()));
        data.put("sampler", Map.of("name", profile.samples().sampler(), "period", profile.samples().period(), "note",
                "to begin took it " + Units.seconds(first.real("recorderSeconds")) + " a process, before the first step"));
    }

    private void functions() {
        data.put("frames", profile.samples().frames().names());
        data.put("tree", tree(profile.samples().time()));
        if (profile.samples().seesAllocation()) {
            data.put("alloc", tree(profile.samples().memory()));
        } else {
            missing.put("alloc", profile.samples().sampler().equals("jfr")
                    ? "who allocates is not available: the JDK's recorder gives memory to the wrong lines"
                    : "who allocates was not recorded: --profile=memory does");
        }
        data.put("functions", Function.sorted(profile.functions(), Order.own).stream().limit(MOST_FUNCTIONS)
                .map(each -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("frame", each.frame());
                    row.put("calls", each.calls().isPresent() ? (Long) each.calls().getAsLong() : null);
                    row.put("samples", each.samples());
                    row.put("own", each.own());
                    row.put("cumulative", each.cumulative());
                    return row;
                }).toList());
    }

    private Map<String, Object> tree(CallTree tree) {
        List<Object> parents = new ArrayList<>();
        List<Object> frames = new ArrayList<>();
        Map<String, Object> own = new LinkedHashMap<>();
        Map<Integer, List<Object>> byRank = new TreeMap<>();
        for (int node = 0; node < tree.size(); node++) {
            parents.add(tree.parent(node));
            frames.add(tree.frame(node));
            int at = node;
            tree.own(node).forEach((rank, spent) -> {
                List<Object> sparse = byRank.computeIfAbsent(rank, _ -> new ArrayList<>());
                sparse.add(at);
                sparse.add(Math.rint(spent[0] * 1e6) / 1e6);
            });
        }
        byRank.forEach((rank, sparse) -> own.put(Integer.toString(rank), sparse));
        return Map.of("parent", parents, "frame", frames, "self", own);
    }

    private void lines() {
        List<Object> tables = new ArrayList<>();
        for (LineTable table : profile.lines().stream().limit(MOST_TABLES).toList()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("method", table.type());
            one.put("file", table.file());
            one.put("note", null);
            one.put("rows", table.rows().stream().sorted(Comparator.comparingInt(LineTable.Row::line)).map(row -> {
                Map<String, Object> cells = new LinkedHashMap<>();
                cells.put("line", row.line());
                cells.put("text", row.text());
                cells.put("hits", row.hits().isPresent() ? (Long) row.hits().getAsLong() : null);
                cells.put("samples", row.samples());
                cells.put("seconds", row.seconds());
                cells.put("bytes", row.bytes() < 0 ? null : (Long) row.bytes());
                return cells;
            }).toList());
            tables.add(one);
        }
        data.put("lines", tables);
    }

    private void memory() {
        data.put("memory", byRank(trace -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("t", Arrays.stream(trace.longs("memoryAt"))
                    .mapToDouble(at -> Math.rint((trace.time(at) - profile.from()) / 1e6) / 1e3).toArray());
            one.put("resident", trace.longs("memoryResident"));
            one.put("heap", trace.longs("memoryHeap"));
            one.put("peak", Arrays.stream(trace.longs("memoryResident")).max().orElse(0));
            return one;
        }));
    }

    // --- over time -------------------------------------------------------------------------------------------

    private void timeline() {
        Timeline timeline = new Timeline(profile, MOST_EVENTS);
        Map<String, Object> out = new LinkedHashMap<>();
        List<Object> phases = new ArrayList<>(Collections.nCopies(profile.ranks(), null));
        List<Object> calls = new ArrayList<>(Collections.nCopies(profile.ranks(), null));
        List<Object> arrows = new ArrayList<>();
        List<Object> lates = new ArrayList<>();
        for (RankTrace trace : profile.traces()) {
            List<Late> late = timeline.lates(trace);
            List<Span> spans = timeline.spans(trace);
            phases.set(trace.rank(), flat(timeline, spans.stream().filter(Span::phase).toList(), List.of()));
            calls.set(trace.rank(), flat(timeline, spans.stream().filter(span -> !span.phase()).toList(), late));
            late.forEach(each -> lates.addAll(List.of(each.rank(), each.late(), units(timeline, each.at()),
                    Math.round(each.nanos() / UNIT), each.cause().ordinal())));
            for (Message each : timeline.messages(trace)) {
                arrows.addAll(List.of(each.from(), units(timeline, each.sentAt()), each.to(),
                        units(timeline, each.arrivedAt()), each.bytes()));
            }
        }
        out.put("unit", UNIT * 1e-9);
        out.put("from", Math.round((timeline.from() - profile.from()) / UNIT));
        out.put("to", Math.round((timeline.to() - profile.from()) / UNIT));
        out.put("kinds", profile.first().texts("phases"));
        out.put("phases", phases);
        out.put("callKinds", Arrays.stream(CommCall.values()).map(CommCall::label).toList());
        out.put("calls", calls);
        out.put("arrows", arrows);
        out.put("late", lates);
        out.put("dropped", byRank(RankTrace::dropped));
        out.put("note", timeline.isWhole() ? null : "shows the last "
                + Units.seconds((timeline.to() - timeline.from()) / 1e9) + " of " + Units.seconds(profile.seconds()));
        data.put("timeline", out);
    }

    /** Gap, length, kind, and of calls the peer, the bytes and how much of it was waiting. */
    private static List<Object> flat(Timeline timeline, List<Span> spans, List<Late> lates) {
        List<Object> flat = new ArrayList<>();
        long end = 0;
        int late = 0;
        for (Span span : spans) {
            long began = Math.max(end, units(timeline, span.began()));
            long until = Math.max(began, units(timeline, span.ended()));
            flat.add(began - end);
            flat.add(until - began);
            flat.add(span.kind());
            end = until;
            if (!span.phase()) {
                long waited = 0;
                while (late < lates.size() && lates.get(late).at() < span.began()) {
                    late++;
                }
                if (late < lates.size() && lates.get(late).at() == span.began()) {
                    waited = Math.min(until - began, Math.round(lates.get(late).nanos() / UNIT));
                }
                flat.add(span.peer());
                flat.add(span.bytes());
                flat.add(waited);
            }
        }
        return flat;
    }

    private static long units(Timeline timeline, long at) {
        return Math.round((Math.clamp(at, timeline.from(), timeline.to()) - timeline.from()) / UNIT);
    }

    // --- between ranks -----------------------------------------------------------------------------------------

    private void calls() {
        List<Object> rows = new ArrayList<>();
        profile.calls().forEach((call, costs) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("call", call.label());
            row.put("calls", byRank(trace -> costs.get(profile.traces().indexOf(trace)).calls()));
            row.put("bytes", byRank(trace -> costs.get(profile.traces().indexOf(trace)).bytes()));
            row.put("seconds", byRank(trace -> costs.get(profile.traces().indexOf(trace)).seconds()));
            row.put("waiting", byRank(trace -> costs.get(profile.traces().indexOf(trace)).waiting()));
            rows.add(row);
        });
        data.put("mpi", rows);
        List<long[]> bytes = byRank(trace -> Arrays.copyOf(trace.longs("sentBytes"), profile.ranks()));
        List<long[]> count = byRank(trace -> Arrays.copyOf(trace.longs("sentMessages"), profile.ranks()));
        data.put("messages", Map.of("bytes", bytes, "count", count));
        data.put("waits", Arrays.asList(profile.waits()));
    }
}
