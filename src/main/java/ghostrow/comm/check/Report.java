package ghostrow.comm.check;

import ghostrow.comm.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of all orders together. */
final class Report {
    private final int ranks;
    private final Orders orders;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<CheckRun.Failed> failed = Optional.empty();
    private int runs;
    private long last;
    private long messages;
    private long collectives;
    private boolean clean = true;

    Report(int ranks, Orders orders) {
        this.ranks = ranks;
        this.orders = orders;
    }

    void add(long seed, CheckRun.Outcome outcome) {
        runs++;
        last = seed;
        messages += outcome.counts().messages();
        collectives += outcome.counts().collectives();
        clean = outcome.isClean();
        failed = outcome.failed();
        outcome.findings().stream().filter(finding -> findings.stream().noneMatch(finding::isLike)).forEach(findings::add);
    }

    boolean isClean() {
        return clean;
    }

    Optional<CheckRun.Failed> failed() {
        return failed;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(finding.told()).append('\n'));
        text.append("check: ").append(found()).append(" in ").append(counted(runs, "order")).append(" (")
                .append(counted(ranks, "rank")).append(", ").append(counted(messages, "message")).append(", ")
                .append(counted(collectives, "collective call")).append(')');
        if (!clean && runs + orders.seed() > 1) {
            text.append("\ncheck: the seed was ").append(last).append("; --check-seed ").append(last)
                    .append(" has the same again");
        }
        return text.toString();
    }

    private String found() {
        long races = findings.stream().filter(finding -> !finding.kind().isMistake()).count();
        long mistakes = findings.size() - races;
        List<String> found = new ArrayList<>();
        if (mistakes > 0) {
            found.add(counted(mistakes, "mistake"));
        }
        if (races > 0) {
            found.add(counted(races, "race"));
        }
        failed.ifPresent(one -> found.add("the failure of rank " + one.rank()));
        return found.isEmpty() ? "nothing found" : String.join(" and ", found)
                + (races == findings.size() && failed.isEmpty() ? ", and nothing else," : "");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
