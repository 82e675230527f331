package ghostrow.spmd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of output.
 *
 * @param raw  as the launcher passed it on, with its mark of the rank
 * @param text what the rank printed
 */
public record Line(String raw, String text) {

    /** {@code [1,RANK]<stdout>:text} from Open MPI, with a space after the colon from 5 on; {@code [RANK] text} from MPICH. */
    private static final Pattern MARKED = Pattern.compile("(?:\\[\\d+,\\d+]<std(?:out|err)>: ?|\\[\\d+] )(.*)");

    static Line of(String raw) {
        Matcher matcher = MARKED.matcher(raw);
        return new Line(raw, matcher.matches() ? matcher.group(1) : raw);
    }
}
