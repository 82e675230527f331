package ghostrow.comm;

import java.util.Locale;

/** What a rank can ask of a {@link Comm}, as far as that may take time. */
public enum CommCall {
    SEND, RECV, SENDRECV, ISEND, IRECV, WAIT, START, AWAIT, BARRIER, BCAST, REDUCE, ALLREDUCE, GATHER, GATHERV, SPLIT,
    COUNTER, ADD, WINDOW, FENCE;

    private static final CommCall[] ALL = values();

    /** The method's name, or nearly; an exchange has two. */
    public String label() {
        return switch (this) {
            case START -> "exchange start";
            case AWAIT -> "exchange await";
            case ADD -> "counter add";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether another rank can keep it from returning. */
    boolean waits() {
        return this != ISEND && this != IRECV && this != START;
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
