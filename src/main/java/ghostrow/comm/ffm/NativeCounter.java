package ghostrow.comm.ffm;

import static ghostrow.comm.ffm.LoadedLibrary.ABI;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.MachineCounter;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A counter in a window of rank 0's memory that ranks on other machines reach through the library.
 *
 * <p>How soon depends on the library and its network: MPICH may answer only when rank 0 next calls MPI.
 */
final class NativeCounter implements Comm.Counter {
    private static final int HOST = 0;

    private final NativeComm comm;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment amount = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment before = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment windowAt = arena.allocate(ValueLayout.JAVA_LONG);
    private final long window;
    private boolean open = true;

    /** Collective. Where all ranks share their memory, they need neither the library nor rank 0 to count. */
    static Comm.Counter over(NativeComm comm) {
        return MachineCounter.over(comm).orElseGet(() -> new NativeCounter(comm));
    }

    NativeCounter(NativeComm comm) {
        this.comm = comm;
        MemorySegment base = arena.allocate(ValueLayout.JAVA_LONG);
        long bytes = comm.rank() == HOST ? Long.BYTES : 0;
        comm.waits().begin(Call.WIN_ALLOCATE);
        int code = Mpi.winAllocate(bytes, Long.BYTES, Mpi.INFO_NULL, comm.handle(), base.address(),
                windowAt.address());
        comm.waits().end();
        // Open MPI over plain TCP has one component for this, which Debian's settings leave out (osc = ^ucx,pt2pt).
        if (comm.allreduce(Comm.Op.MAX, code == Mpi.SUCCESS ? 0L : 1L) != 0) {
            arena.close();
            comm.check(code, "MPI_Win_allocate");
            throw new CommException("MPI_Win_allocate failed on another rank");
        }
        window = ABI.readHandle(windowAt);
        if (comm.rank() == HOST) {
            MemorySegment.ofAddress(base.get(ValueLayout.JAVA_LONG, 0)).reinterpret(Long.BYTES)
                    .set(ValueLayout.JAVA_LONG, 0, 0);
        }
        comm.barrier(); // nobody counts before the zero is there
        comm.waits().begin(Call.WIN_LOCK, comm.named(HOST));
        comm.done(Mpi.winLockAll(0, window), Call.WIN_LOCK);
    }

    @Override
    public long getAndAdd(long raise) {
        amount.set(ValueLayout.JAVA_LONG, 0, raise);
        comm.waits().begin(Call.WIN_FLUSH, comm.named(HOST));
        comm.check(Mpi.fetchAndOp(amount.address(), before.address(), Mpi.type(Comm.Type.LONG), HOST, 0,
                Mpi.op(Comm.Op.SUM), window),
                "MPI_Fetch_and_op");
        comm.done(Mpi.winFlush(HOST, window), Call.WIN_FLUSH);
        return before.get(ValueLayout.JAVA_LONG, 0);
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            comm.leftovers().add(this::giveBack);
        }
    }

    private void giveBack() {
        comm.waits().begin(Call.WIN_UNLOCK, comm.named(HOST));
        comm.done(Mpi.winUnlockAll(window), Call.WIN_UNLOCK);
        comm.waits().begin(Call.WIN_FREE);
        comm.done(Mpi.winFree(windowAt.address()), Call.WIN_FREE);
        arena.close();
    }
}
