package ghostrow.grid;

import ghostrow.comm.Transport;
import ghostrow.spmd.Setting;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs a piece of test on several ranks that are threads of this JVM, with real messages between them. */
final class EmbeddedRuns {
    private EmbeddedRuns() {
    }

    /** What a rank throws is thrown here: the transport itself would end the JVM, and all tests with it. */
    static void run(int ranks, Transport.SpmdProgram program) {
        Setting setting = ranks == 1 ? Setting.SELF : Setting.MPJ;
        setting.require();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Setting.find(setting.transport()).run(ranks, comm -> {
            try {
                program.run(comm);
            } catch (Throwable e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw new AssertionError(ranks + " ranks: " + failures.peek(), failures.peek());
        }
    }
}
