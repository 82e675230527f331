package ghostrow.study.scale.predict;

/**
 * What a message costs: a latency, and its bytes by a bandwidth.
 *
 * @param latency        seconds of a message without content
 * @param bytesPerSecond what each further byte takes its time from
 */
public record Link(double latency, double bytesPerSecond) {

    public double seconds(double bytes) {
        return latency + bytes / bytesPerSecond;
    }
}
