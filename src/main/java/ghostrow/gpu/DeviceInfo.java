package ghostrow.gpu;

import java.util.Locale;
import java.util.Optional;

/**
 * A device, as its driver describes it.
 *
 * @param number    in the list of all devices, from 0
 * @param id        by which the driver knows it
 * @param platform  the driver's name
 * @param version   which OpenCL it keeps to, and its own version
 * @param kind      what it is: GPU, CPU, accelerator
 * @param units     compute units: multiprocessors of a GPU, cores of a CPU
 * @param memory    bytes
 * @param largest   bytes that one buffer may have, as the driver states
 * @param local     bytes of fast memory that the items of a group share
 * @param group     the most items of a group
 * @param unified   whether the host's memory is its own
 * @param exactness which rules of IEEE it keeps for doubles, as OpenCL counts them; 0 where it has no doubles
 */
public record DeviceInfo(int number, long id, String platform, String version, String name, String driver, Kind kind,
        long units, long memory, long largest, long local, long group, boolean unified, long exactness) {
    /** Denormals, infinities and NaN, rounding to nearest. */
    private static final long EXACT = 0x7;

    /** What a device is. */
    public enum Kind { GPU, CPU, ACCELERATOR }

    /** Why no bits could be promised on it. */
    public Optional<String> refusal() {
        if (exactness == 0) {
            return Optional.of("it has no double precision");
        }
        return (exactness & EXACT) == EXACT ? Optional.empty()
                : Optional.of("its doubles lack denormals, infinities or rounding to nearest");
    }

    /** Whether it is one that a run gets that names none. */
    public boolean isOffered() {
        return kind != Kind.CPU;
    }

    /** Whether a user who says this means it: a part of its name or of its driver's, or its number. */
    boolean isCalled(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return wanted.equals(Integer.toString(number))
                || String.join(" ", name, platform, version).toLowerCase(Locale.ROOT).contains(wanted);
    }

    @Override
    public String toString() {
        return name + " (" + version + ")";
    }
}
