package ghostrow.many;

import ghostrow.run.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What a start of the job says when it ends: what was computed, what was there already, what failed, and who did it. */
final class Ending {
    static final int STOPPED = 75;
    private static final int FAILED = 1;
    /** Of pieces that failed: the others are in the table. */
    private static final int SHOWN = 5;
    /** Of fewer, what it took to deal the first is most. */
    private static final int MANY = 100;

    private final String noun;
    private final Account account;
    private final Crew.Shift shift;
    private final Shares shares;
    private final int computed;

    /** @param account as it is when all have ended */
    Ending(String noun, Account account, Crew.Shift shift) {
        this.noun = noun;
        this.account = account;
        this.shift = shift;
        List<Entry> ended = account.endedIn(shift.plan().start());
        this.shares = Shares.of(ended, account.items(), shift.workers());
        this.computed = (int) ended.stream().filter(entry -> entry.state() == State.done).count();
    }

    private int failed() {
        return account.count(State.failed);
    }

    private int left() {
        return account.items() - account.count(State.done) - failed();
    }

    /** Whether nothing is left for a later start. */
    boolean isComplete() {
        return left() == 0;
    }

    int code() {
        return shift.stopped() && !isComplete() ? STOPPED : failed() > 0 ? FAILED : 0;
    }

    /** @param what a piece is called, and what it is, by its number */
    void print(IntFunction<String> what, String table) {
        Summary summary = new Summary()
                .line(noun + "s", "%d: %d computed, %d reused, %d failed%s", account.items(), computed,
                        account.count(State.done) - computed, failed(), left() > 0 ? ", " + left() + " left" : "")
                .line("time", "%.3f s, dealt by %s%s", shift.seconds(), shift.how(), shift.plan().order().length < MANY ? ""
                        : String.format(Locale.ROOT, " in %.1f us a %s", shift.dealing() * 1e6, noun));
        if (shift.workers() > 1 && computed > 0) {
            summary.line("imbalance", "%.2f (with equal parts dealt beforehand: %.2f)", shares.imbalance(),
                    shares.staticImbalance());
        }
        summary.print();
        System.out.print(shares.table(noun));
        printFailed(what);
        System.out.printf("%-10s %s%n", "table", table);
        if (shift.stopped() && !isComplete()) {
            System.out.println("stopped by a signal; the same command goes on with what is left");
        }
    }

    private void printFailed(IntFunction<String> what) {
        int[] failed = IntStream.range(0, account.items()).filter(item -> account.state(item) == State.failed).toArray();
        for (int i = 0; i < Math.min(SHOWN, failed.length); i++) {
            String why = account.of(failed[i]).orElseThrow().outcome().why();
            System.out.printf("%-10s %s: %s%n", i == 0 ? "failed" : "", what.apply(failed[i]), why);
        }
        if (failed.length > SHOWN) {
            System.out.printf("%-10s and %d more%n", "", failed.length - SHOWN);
        }
        if (failed.length > 0) {
            System.out.printf("%-10s --retry-failed tries what has failed again%n", "");
        }
    }

    /** For programs. */
    Map<String, Object> record() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(noun + "s", account.items());
        record.put("computed", computed);
        record.put("reused", account.count(State.done) - computed);
        record.put("failed", failed());
        record.put("left", left());
        record.put("start", shift.plan().start());
        record.put("workers", shift.workers());
        record.put("seconds", shift.seconds());
        record.put("dealingSeconds", shift.dealing());
        record.put("imbalance", shares.imbalance());
        record.put("staticImbalance", shares.staticImbalance());
        record.put("busySeconds", shares.busySeconds());
        return record;
    }
}
