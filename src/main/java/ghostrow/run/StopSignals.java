package ghostrow.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Remembers that the user, or the batch system, has asked this process to stop, for whoever asks between two steps.
 * A second order to end, SIGINT or SIGTERM, ends the process at once, wherever it is; SIGUSR1 asks to save, and the end
 * that a batch system orders after it is the first. The JDK has no other way to hear signals than
 * this old class of its module jdk.unsupported.
 */
public final class StopSignals {
    private static final List<String> NAMES = List.of("TERM", "INT", "USR1");

    /** One Ctrl-C may come twice: from the terminal, and from a launcher that passes it on. */
    private static final Duration SAME_INT = Duration.ofMillis(250);

    /** And one order to end: from a batch system to every process, and from the launcher that it reached as well. */
    private static final Duration SAME_TERM = Duration.ofSeconds(5);

    private static final int BY_SIGNAL = 128;

    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final Optional<StopSignals> lender;
    private String received;
    private boolean ending;
    private long endNanos;

    private StopSignals(Optional<StopSignals> lender) {
        this.lender = lender;
    }

    /** From now on the first of these signals does not end this process. */
    public static StopSignals listen() {
        StopSignals signals = new StopSignals(Optional.empty());
        for (String name : NAMES) {
            Signal signal = new Signal(name);
            signals.before.put(signal, Signal.handle(signal, signals::hear));
        }
        return signals;
    }

    /** The same signals, for somebody who may end without anything becoming of them. */
    public StopSignals lent() {
        return new StopSignals(Optional.of(this));
    }

    /** As if one had come: another process of the job has heard it. */
    public synchronized void passOn(String whose) {
        if (received == null) {
            received = whose;
        }
    }

    private synchronized void hear(Signal signal) {
        if (received == null) {
            received = "SIG" + signal.getName();
        }
        if (signal.getName().equals("USR1")) {
            return;
        }
        long now = System.nanoTime();
        if (!ending) {
            ending = true;
            endNanos = now;
        } else if (now - endNanos > (signal.getName().equals("INT") ? SAME_INT : SAME_TERM).toNanos()) {
            System.err.println("ghostrow: a second SIG" + signal.getName() + " ends this process as it is");
            Runtime.getRuntime().halt(BY_SIGNAL + signal.getNumber());
        }
    }

    public synchronized Optional<String> received() {
        return lender.isPresent() ? lender.get().received() : Optional.ofNullable(received);
    }

    /**
     * Nobody will ask any more: a signal does again what it does to any process. One that has come too late to be
     * heeded stays the first. SIGUSR1 alone goes on to do nothing: it asks to save the work before its time is over,
     * and by now the work is as good as done.
     */
    public synchronized void heedNoMore() {
        if (received == null) {
            before.keySet().removeIf(signal -> signal.getName().equals("USR1"));
            before.forEach(Signal::handle);
            before.clear();
        }
    }
}
