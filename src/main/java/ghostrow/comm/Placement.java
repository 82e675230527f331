package ghostrow.comm;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the ranks that an mpirun starts are to be, in the user's words. Each may be left out.
 *
 * @param hosts    {@code a:2,b:2}
 * @param hostfile a file that lists them, as the library wants it
 * @param binding  what a rank is bound to: {@code core}, {@code socket}, {@code none} ...
 * @param more     further words for mpirun, as they are
 */
public record Placement(Optional<String> hosts, Optional<String> hostfile, Optional<String> binding,
        List<String> more) {

    /** mpirun's options for that, and the parameters of Open MPI behind them. */
    private static final Pattern PLACING = Pattern.compile("^--?(bind-|map-by|rank-by|cpu|rf$|rankfile|ppr|n?per|N$|by"
            + "|loadbalance|nolocal)|^(rmaps|hwloc)_");

    /** All ranks on this machine. */
    public static final Placement HERE = new Placement(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** Whether no host is named, so that ranks stay on this one, even inside an allocation of several. */
    public boolean isHere() {
        return hosts.isEmpty() && hostfile.isEmpty();
    }

    /** Whether the further words say where ranks go or what they are bound to. */
    boolean placesRanks() {
        return more.stream().anyMatch(word -> PLACING.matcher(word).find());
    }

    Placement with(List<String> words) {
        return new Placement(hosts, hostfile, binding, Stream.concat(words.stream(), more.stream()).toList());
    }

    /** Whether it says anything at all, which only an mpirun can heed. */
    public boolean isEmpty() {
        // A record's equals would be put together at run time, which costs a start 10 ms.
        return isHere() && binding.isEmpty() && more.isEmpty();
    }
}
