package ghostrow.profile;

import ghostrow.comm.CommCall;
import ghostrow.comm.Ledger.Costs;
import ghostrow.profile.Findings.Finding;
import ghostrow.profile.Function.Order;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A profile for people at a terminal, 80 columns wide. */
final class Tables {
    private static final int WIDTH = 80;
    private static final int NAME = 35;

    private final Profile profile;
    private final StringBuilder text = new StringBuilder();

    private Tables(Profile profile) {
        this.profile = profile;
    }

    static String of(Profile profile, List<Finding> findings, Order order, int top) {
        Tables tables = new Tables(profile);
        tables.head();
        tables.functions(order, top);
        tables.lines();
        tables.memory(top);
        tables.calls();
        tables.line("");
        findings.forEach(finding -> tables.wrap("- " + finding.text()));
        return tables.text.toString();
    }

    private void line(String format, Object... values) {
        text.append(Units.format(format, values).stripTrailing()).append('\n');
    }

    private void head() {
        line("");
        wrap("profile of " + profile.first().text("command"));
        wrap(Units.format("%d rank%s, %s from the first step to the last; samples by %s, one in %s", profile.ranks(),
                profile.ranks() == 1 ? "" : "s", Units.seconds(profile.seconds()), profile.samples().sampler(),
                Units.seconds(profile.samples().period())));
    }

    /** cProfile's columns; what no one has counted is left empty. */
    private void functions(Order order, int top) {
        double all = profile.samples().time().total();
        if (all == 0) {
            line("no samples in the run");
            return;
        }
        List<Function> rows = Function.sorted(profile.functions(), order).stream()
                .filter(row -> order == Order.own ? row.ownSeconds() > 0 : order != Order.calls || row.calls().isPresent())
                .toList();
        line("%n%9s %6s %9s %6s %9s  %s", "own", "%", "cumul.", "%", "calls", "function (by " + order + ")");
        for (Function row : rows.subList(0, Math.min(top, rows.size()))) {
            line("%9s %5.1f%% %9s %5.1f%% %9s  %s", Units.seconds(row.ownSeconds()), 100 * row.ownSeconds() / all,
                    Units.seconds(row.cumulativeSeconds()), 100 * row.cumulativeSeconds() / all,
                    row.calls().isPresent() ? Long.toString(row.calls().getAsLong()) : "-", shortened(row.name()));
        }
        if (rows.size() > top) {
            line("and %d more (--top N); of all ranks, by %d samples; -: calls that nobody counted", rows.size() - top,
                    profile.samples().time().samples());
        }
    }

    /** Lines that took memory from Java's heap. */
    private void memory(int top) {
        double all = profile.samples().memory().total();
        if (!profile.first().text("what").matches(".*(memory|all).*")) {
            return;
        }
        if (!profile.samples().seesAllocation()) {
            line("%nwhich lines allocate is not available: the JDK's recorder names the wrong ones");
            return;
        }
        line("%n%9s %6s  %-28s %s", "heap", "%", "line", "source (what was taken from Java's heap)");
        profile.lines().stream().flatMap(table -> table.rows().stream().filter(row -> row.bytes() > 0)
                        .map(row -> Map.entry(table, row)))
                .sorted(Comparator.comparingLong((Map.Entry<LineTable, LineTable.Row> entry) -> entry.getValue().bytes())
                        .reversed())
                .limit(top)
                .forEach(entry -> {
                    String type = entry.getKey().type();
                    String text = Units.format("%9s %5.1f%%  %-28s %s", Units.bytes(entry.getValue().bytes()),
                            100 * entry.getValue().bytes() / all, type.substring(type.lastIndexOf('.') + 1) + ":"
                                    + entry.getValue().line(), entry.getValue().text().strip());
                    line("%s", text.length() > WIDTH ? text.substring(0, WIDTH - 3) + "..." : text);
                });
    }

    private void lines() {
        if (!LineTable.wanted(profile)) {
            return;
        }
        for (LineTable table : profile.lines().stream().limit(2).toList()) {
            text.append('\n').append(table.text(WIDTH));
        }
    }

    /** Packages shrink to their first letters, from the left; then the name is cut. */
    private static String shortened(String name) {
        StringBuilder text = new StringBuilder(name);
        String[] parts = name.contains(" ") || name.contains(":") ? new String[0] : name.split("\\.");
        for (int i = 0, at = 0; i < parts.length - 2 && text.length() > NAME; i++) {
            text.delete(at + 1, at + parts[i].length());
            at += 2;
        }
        return text.length() <= NAME ? text.toString() : text.substring(0, NAME - 3) + "...";
    }

    private void calls() {
        Map<CommCall, List<Costs>> calls = profile.calls();
        if (calls.isEmpty() || profile.ranks() == 1) {
            return;
        }
        line("%n%-15s %9s %9s %9s %9s %9s %6s  %s", "call", "calls", "bytes", "min", "mean", "max", "wait", "slowest");
        calls.forEach((call, costs) -> {
            double sum = costs.stream().mapToDouble(Costs::seconds).sum();
            double most = costs.stream().mapToDouble(Costs::seconds).max().orElse(0);
            double least = costs.stream().mapToDouble(Costs::seconds).min().orElse(0);
            double waiting = costs.stream().mapToDouble(Costs::waiting).sum();
            int slowest = 0;
            for (int i = 0; i < costs.size(); i++) {
                slowest = costs.get(i).seconds() > costs.get(slowest).seconds() ? i : slowest;
            }
            line("%-15s %9d %9s %9s %9s %9s %5.0f%%  rank %d", call.label(),
                    costs.stream().mapToLong(Costs::calls).sum(), Units.bytes(costs.stream().mapToLong(Costs::bytes).sum()),
                    Units.seconds(least), Units.seconds(sum / costs.size()), Units.seconds(most),
                    sum == 0 ? 0 : 100 * waiting / sum, profile.traces().get(slowest).rank());
        });
        wrap("calls and bytes of all ranks, seconds of one rank (its run: " + Units.seconds(profile.seconds())
                + "); wait: the part beyond the shortest of its kind and size");
    }

    private void wrap(String sentence) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH && !line.isEmpty()) {
                text.append(line).append('\n');
                line = new StringBuilder("  ");
                line.append(word);
            } else {
                line.append(line.isEmpty() || line.toString().equals("  ") ? "" : " ").append(word);
            }
        }
        text.append(line).append('\n');
    }
}
