package ghostrow.many;

import ghostrow.data.InputException;
import ghostrow.data.OutputLock;
import ghostrow.run.ProgressLine;
import ghostrow.run.Summary;
import java.io.IOException;

/** How far a job is that runs elsewhere, or has ended, as its journal tells. */
final class Status {
    /** Of what runs: with more workers nobody would read the rest. */
    private static final int SHOWN = 20;

    private final Depot depot;
    private final String noun;

    Status(Depot depot, String noun) {
        this.depot = depot;
        this.noun = noun;
    }

    void print() throws IOException {
        Account account = depot.account();
        boolean lives = isHeld();
        new Summary().line(depot.about().kind(), "%s", depot.about().command())
                .line("start", "number %d, %s", account.starts(), lives ? "at work" : "nobody is at work now")
                .line(noun + "s", "%d: %d done, %d failed, %d left", account.items(), account.count(State.done),
                        account.count(State.failed), account.items() - account.over())
                .print();
        if (depot.hasStarted() && lives) {
            Depot.Start start = depot.start();
            Standing standing = Standing.of(account, start);
            System.out.printf("%-10s %.0f %%%s%n", "share", 100 * standing.share(),
                    Double.isNaN(standing.left()) ? "" : ", about " + ProgressLine.duration(standing.left()) + " left");
            printRunning(account, start.number());
        } else if (account.over() < account.items()) {
            System.out.println("the same command goes on with what is left");
        }
    }

    private void printRunning(Account account, int start) {
        long now = System.currentTimeMillis();
        int shown = 0;
        for (int item = 0; item < account.items() && shown < SHOWN; item++) {
            Entry entry = account.of(item).orElse(null);
            if (entry != null && entry.state() == State.running && entry.start() == start) {
                System.out.printf("%-10s %s %d on %s, worker %d, for %s%n", shown++ == 0 ? "running" : "", noun, item + 1,
                        entry.host(), entry.worker(), ProgressLine.duration((now - entry.at()) / 1e3));
            }
        }
    }

    private boolean isHeld() {
        try {
            OutputLock.refuseHeld(depot.folder());
            return false;
        } catch (InputException held) {
            return true;
        }
    }
}
