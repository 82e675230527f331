package ghostrow.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long this process has been there, from before there was a JVM in it. */
final class ProcessAge {
    private ProcessAge() {
    }

    /** To a hundredth of a second, which is how exactly Linux knows. */
    static double seconds() {
        Optional<Instant> start = ProcessHandle.current().info().startInstant();
        return start.map(instant -> Duration.between(instant, Instant.now()).toNanos() / 1e9).orElse(Double.NaN);
    }
}
