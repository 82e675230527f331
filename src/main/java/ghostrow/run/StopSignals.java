package ghostrow.run;

import java.util.List;
import java.util.Optional;
import sun.misc.Signal;

/**
 * Remembers that the user, or the batch system, has asked this process to stop. The JDK has no other way to hear
 * signals than this old class of its module jdk.unsupported.
 */
public final class StopSignals {
    private static final List<String> NAMES = List.of("TERM", "INT", "USR1");

    private volatile String received;

    /** From now on these signals no longer end this process. */
    public static StopSignals listen() {
        StopSignals signals = new StopSignals();
        for (String name : NAMES) {
            Signal.handle(new Signal(name), signal -> signals.received = "SIG" + signal.getName());
        }
        return signals;
    }

    public Optional<String> received() {
        return Optional.ofNullable(received);
    }
}
