package ghostrow.trace;

import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;

/**
 * The JDK's own recorder, where there is no better one. By processor time where the system knows that: samples at fixed
 * times on the wall starve when threads share cores. Its samples of allocation go to the line that happens to fill a
 * buffer, which is rarely the one that took most, so they are not asked for.
 */
final class FlightRecorder implements Sampler {
    /** As often as every kernel can. */
    private static final Duration PERIOD = Duration.ofMillis(4);
    private static final String BY_PROCESSOR_TIME = "jdk.CPUTimeSample";

    private Recording recording;
    private Path file;

    @Override
    public void check() {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            throw new InputException("--profile: this JVM has no flight recorder (module jdk.jfr); use a whole JDK, or "
                    + "run 'make build' for async-profiler");
        }
    }

    @Override
    public void load() {
        recording = new Recording();
        boolean linux = System.getProperty("os.name").equals("Linux");
        if (linux) {
            recording.enable(BY_PROCESSOR_TIME).with("throttle", PERIOD.toMillis() + " ms");
        } else {
            recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
        }
    }

    @Override
    public void start(Path file) {
        this.file = file;
        recording.start();
    }

    @Override
    public void stop() throws IOException {
        recording.stop();
        recording.dump(file);
        recording.close();
    }

    @Override
    public String name() {
        return JFR;
    }

    @Override
    public double period() {
        return PERIOD.toNanos() / 1e9;
    }

    @Override
    public boolean seesAllocation() {
        return false;
    }
}
