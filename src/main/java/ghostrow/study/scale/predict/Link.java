package ghostrow.study.scale.predict;

import java.util.List;

/**
 * What messages to a neighbour and from it cost, both at once: a latency, and their bytes by a bandwidth; or what was
 * measured for some sizes, with straight lines between them, for no network is a straight line.
 *
 * @param latency        seconds of a message without content
 * @param bytesPerSecond what each further byte takes its time from
 * @param asks           from more bytes on a message asks first whether it may come, and pays two latencies more
 * @param measured       by growing sizes, none of them beyond {@code asks}; may be empty
 */
public record Link(double latency, double bytesPerSecond, double asks, List<Exchanged> measured) {

    /** A measured exchange. */
    public record Exchanged(long bytes, double seconds) {
    }

    /** What the program tells MPI libraries for ranks on several machines. */
    public static final double USUALLY_ASKS = 1 << 20;

    private static final double LATENCIES_OF_ASKING = 2;

    public Link {
        measured = List.copyOf(measured);
    }

    /** Of which nothing is known but this. */
    public Link(double latency, double bytesPerSecond) {
        this(latency, bytesPerSecond, Double.POSITIVE_INFINITY, List.of());
    }

    /** From measured sizes, two at least: beyond the largest their last slope goes on. */
    public static Link of(List<Exchanged> measured, double asks) {
        Exchanged last = measured.getLast();
        Exchanged before = measured.get(measured.size() - 2);
        double perByte = Math.max((last.seconds - before.seconds) / (last.bytes - before.bytes), Double.MIN_NORMAL);
        return new Link(measured.getFirst().seconds, 1 / perByte, asks, measured);
    }

    public double seconds(double bytes) {
        return latency * (1 + asking(bytes)) + carrying(bytes);
    }

    /** How many latencies go before a message may come. */
    double asking(double bytes) {
        return bytes > asks ? LATENCIES_OF_ASKING : 0;
    }

    /** What its bytes take longer than none would. */
    double carrying(double bytes) {
        if (measured.isEmpty()) {
            return bytes / bytesPerSecond;
        }
        Exchanged low = measured.getFirst();
        for (Exchanged high : measured) {
            if (bytes <= high.bytes) {
                double part = high == low ? 0 : (bytes - low.bytes) / (high.bytes - low.bytes);
                return Math.max(0, low.seconds + part * (high.seconds - low.seconds) - latency);
            }
            low = high;
        }
        return Math.max(0, low.seconds - latency) + (bytes - low.bytes) / bytesPerSecond;
    }
}
