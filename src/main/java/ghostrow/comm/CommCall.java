package ghostrow.comm;

import java.util.Locale;

/** What a rank can ask of a {@link Comm}, as far as that may take time. */
public enum CommCall {
    SEND, SSEND, RECV, SENDRECV, ISEND, IRECV, PROBE, WAIT, WAITANY, START, AWAIT, BARRIER, BCAST, REDUCE, ALLREDUCE,
    SCAN, EXSCAN, REDUCE_SCATTER, GATHER, GATHERV, SCATTER, SCATTERV, ALLGATHER, ALLGATHERV, ALLTOALL, ALLTOALLV,
    IBARRIER, IBCAST, IALLREDUCE, SPLIT, COUNTER, ADD, WINDOW, FENCE;

    private static final CommCall[] ALL = values();

    /** The method's name, or nearly; an exchange has two. */
    public String label() {
        return switch (this) {
            case START -> "exchange start";
            case AWAIT -> "exchange await";
            case ADD -> "counter add";
            case WAITANY -> "awaitAny";
            case REDUCE_SCATTER -> "reduceScatter";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether another rank can keep it from returning. */
    boolean waits() {
        return switch (this) {
            case ISEND, IRECV, START, IBARRIER, IBCAST, IALLREDUCE -> false;
            default -> true;
        };
    }

    /** Whether all ranks of the group make it together. */
    public boolean isCollective() {
        return compareTo(BARRIER) >= 0 && this != ADD;
    }

    public static int count() {
        return ALL.length;
    }

    public static CommCall of(int ordinal) {
        return ALL[ordinal];
    }
}
