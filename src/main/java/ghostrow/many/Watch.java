package ghostrow.many;

import ghostrow.run.ProgressLine;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Says now and then how far the job is. A thread of its own, since the rank that it lives on may have its hands full for
 * hours; it looks into the journal, where what others have done is found as well.
 */
final class Watch implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final ProgressLine line;
    private final String noun;
    private final Account account;
    private final Depot.Start start;
    private final Thread thread;

    private Watch(ProgressLine line, String noun, Account account, Depot.Start start) {
        this.line = line;
        this.noun = noun;
        this.account = account;
        this.start = start;
        this.thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::look);
    }

    /** @param line never shows on any rank but the first */
    static Watch begin(ProgressLine line, String noun, Depot depot, Depot.Start start) throws IOException {
        Watch watch = new Watch(line, noun, line.shows() ? depot.account() : null, start);
        if (line.shows()) {
            watch.thread.start();
        }
        return watch;
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                if (line.isDue(false)) {
                    Standing standing = Standing.of(account.refresh(), start);
                    String words = standing.inWords(noun);
                    line.show(standing.share(), words, words);
                }
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            line.hide();
        } catch (IOException e) {
            System.err.println("ghostrow: progress is not shown any more: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
