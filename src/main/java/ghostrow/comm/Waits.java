package ghostrow.comm;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a rank waits for, left where another thread can read it ({@link StallWatch}).
 *
 * <p>A message of eight bytes takes 0.2 microseconds, so this takes a nanosecond: a few stores, no look at the clock
 * and no object. The turn is odd while a call is under way and never the same again.
 */
public final class Waits {

    /** The calls in which a rank waits for others. */
    public enum Call {
        SEND("MPI_Send"), SSEND("MPI_Ssend"), RECV("MPI_Recv"), SENDRECV("MPI_Sendrecv"), PROBE("MPI_Probe"),
        WAIT("MPI_Wait"), WAITANY("MPI_Waitany"), WAITALL("MPI_Waitall"), EXCHANGE("exchange"), BARRIER("MPI_Barrier"),
        BCAST("MPI_Bcast"), REDUCE("MPI_Reduce"), ALLREDUCE("MPI_Allreduce"), SCAN("MPI_Scan"), EXSCAN("MPI_Exscan"),
        REDUCE_SCATTER("MPI_Reduce_scatter_block"), GATHER("MPI_Gather"), SCATTER("MPI_Scatter"),
        ALLGATHER("MPI_Allgather"), ALLTOALL("MPI_Alltoall"), COMM_DUP("MPI_Comm_dup"), COMM_SPLIT("MPI_Comm_split"),
        COMM_FREE("MPI_Comm_free"), WIN_ALLOCATE("MPI_Win_allocate"),
        WIN_ALLOCATE_SHARED("MPI_Win_allocate_shared"), WIN_FENCE("MPI_Win_fence"), WIN_LOCK("MPI_Win_lock_all"),
        WIN_FLUSH("MPI_Win_flush"), WIN_UNLOCK("MPI_Win_unlock_all"), WIN_FREE("MPI_Win_free"),
        FINALIZE("MPI_Finalize");

        private static final Call[] ALL = values();

        private final String label;

        Call(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Whose name is not known here: all other ranks, or one of a group with numbers of its own. */
    public static final int OTHERS = Comm.PROC_NULL;

    private static final long NOT_STEPPING = -1;

    private final AtomicLong turn = new AtomicLong();
    // Numbers, as to store a reference costs more. What is read belongs to the turn if that has not changed since.
    private int call;
    private int one;
    private int other;
    private long step = NOT_STEPPING;

    /**
     * From now on a wait that is too long ends the job.
     *
     * @param seconds what is long while all ranks step; elsewhere, and where this rank itself works long, it is more
     */
    public void limit(Comm comm, double seconds) {
        new StallWatch(this, comm.rank(), comm.size(), comm.processorName(), seconds).start();
    }

    /** A call that may wait begins. */
    public void begin(Call call, int one, int other) {
        this.call = call.ordinal();
        this.one = one;
        this.other = other;
        turn.setRelease(turn.getPlain() + 2 | 1);
    }

    /** One that waits for one rank. */
    public void begin(Call call, int peer) {
        begin(call, peer, OTHERS);
    }

    /** One that waits for all ranks, or for nobody in particular. */
    public void begin(Call call) {
        begin(call, OTHERS, OTHERS);
    }

    /** It is over, whatever came of it. */
    public void end() {
        turn.setRelease(turn.getPlain() + 1 & ~1L);
    }

    /** The rank steps, with all others, and has done so many steps. */
    public void stepped(long step) {
        this.step = step;
    }

    /** The rank steps no more. */
    public void steppedLast() {
        step = NOT_STEPPING;
    }

    // --- for who watches -----------------------------------------------------------------------------------

    long turn() {
        return turn.getAcquire();
    }

    static boolean isCall(long turn) {
        return (turn & 1) == 1;
    }

    boolean steps() {
        return step != NOT_STEPPING;
    }

    /** Such as {@code rank 2 (MPI_Recv, after step 3420)}. */
    String inWords(int rank, int size) {
        int first = one == OTHERS ? other : one;
        int second = other == first ? OTHERS : other;
        if (first == OTHERS && size == 2) {
            first = 1 - rank;
        }
        String who = first == OTHERS ? "other ranks" : second == OTHERS ? "rank " + first
                : "ranks " + Math.min(first, second) + " and " + Math.max(first, second);
        return who + " (" + Call.ALL[call].label + (steps() ? ", after step " + step : "") + ")";
    }
}
