package ghostrow.run;

import java.io.IOException;
import java.util.List;

/** A workload whose runs are worth to be made by the hundred: what a sweep has to know of it. */
public interface Swept extends App {

    /** What its record tells of a run, by the names that it has there: a column each. */
    List<String> figures();

    /** Names to which an option {@code --set} of this app gives values. */
    default List<String> parameters() {
        return List.of();
    }

    /** An option, with its value, by which it leaves no files; nothing where it never does. */
    default List<String> withoutFiles() {
        return List.of();
    }

    /** About how long the run that the words ask for takes on one core. To be asked when they have been read. */
    double expectedSeconds() throws IOException;
}
