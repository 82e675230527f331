package ghostrow.run;

import java.util.concurrent.Callable;

/** One workload, or one look at results: what it takes on the command line, and what it does then. */
public interface App extends Callable<Integer> {

    void declare(Options options);

    /** Begins, on a thread of its own, what can be done while the words are read. */
    default void prepare() {
    }
}
