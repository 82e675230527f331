package ghostrow.run;

import java.util.concurrent.Callable;

/** One workload, or one look at results: what it takes on the command line, and what it does then. */
public interface App extends Callable<Integer> {

    /** The exit code of a run that is done, but has not settled within the limit it was given. */
    int UNSETTLED = 3;

    void declare(Options options);

    /** Begins, on a thread of its own, what can be done while the words are read. */
    default void prepare() {
    }
}
