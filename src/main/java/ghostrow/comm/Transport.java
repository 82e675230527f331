package ghostrow.comm;

import java.util.List;

/**
 * A way to carry messages between ranks, found by {@link java.util.ServiceLoader}.
 *
 * <p>An MPI transport joins the world that mpirun or srun started around this process: one rank a process. An
 * embedded transport makes its own ranks inside this JVM. The program cannot tell the difference.
 */
public interface Transport {

    /** What {@code --transport} calls it. */
    String name();

    /** Whether it could run here; must not start the library, so that asking is cheap and has no effect. */
    Readiness readiness();

    /**
     * Gets ready as far as one process can by itself. That takes the processor, of which {@link #run} leaves most
     * free while the ranks meet.
     *
     * @throws CommException where something is missing; there are no ranks yet
     */
    default void load() {
    }

    /**
     * Runs {@code program} as every rank that lives in this process and returns when all of them are done.
     *
     * <p>If the program throws on one rank, the exception is reported with the rank's number and all ranks of
     * the job end with a non-zero exit code; the call does not return then.
     *
     * @param ranks how many ranks an embedded transport makes; an MPI transport checks it against its world
     */
    void run(int ranks, SpmdProgram program);

    /** Whether its messages may lie in Java's arrays, as they are. */
    default boolean takesArrays() {
        return false;
    }

    /** The same, which runs a program once for each of some orders. */
    default Transport in(Orders orders) {
        if (orders.areUsual()) {
            return this;
        }
        throw new CommException("the transport " + name() + " cannot choose which rank comes first; check can");
    }

    /** What a rank does. */
    @FunctionalInterface
    interface SpmdProgram {
        void run(Comm comm) throws Exception;
    }

    /** What {@code ghostrow doctor} says about a transport. */
    sealed interface Readiness {
        /**
         * @param version the library and its version, on one line
         * @param details further lines, such as which of several libraries will be used
         */
        record Ready(String version, boolean manyRanks, List<String> details) implements Readiness {
            public Ready(String version, boolean manyRanks) {
                this(version, manyRanks, List.of());
            }
        }

        /** @param missing what is not there; @param remedy the command that mends it */
        record Missing(String missing, String remedy) implements Readiness {
        }
    }
}
