package ghostrow.comm.ffm;

import static ghostrow.comm.ffm.LoadedLibrary.ABI;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A counter in memory that all ranks of one machine have in common, raised by the processor itself: rank 0
 * may compute for minutes without a call to MPI and keeps nobody waiting.
 */
final class SharedCounter implements Comm.Counter {
    private static final int HOST = 0;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final NativeComm comm;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment windowAt = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment number;
    private boolean open = true;

    SharedCounter(NativeComm comm) {
        this.comm = comm;
        MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment unit = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment base = arena.allocate(ValueLayout.JAVA_LONG);
        comm.check(Mpi.winAllocateShared(comm.rank() == HOST ? Long.BYTES : 0, Long.BYTES, Mpi.INFO_NULL,
                comm.handle(), base.address(), windowAt.address()), "MPI_Win_allocate_shared");
        comm.check(Mpi.winSharedQuery(ABI.readHandle(windowAt), HOST, bytes.address(), unit.address(),
                base.address()), "MPI_Win_shared_query");
        number = MemorySegment.ofAddress(base.get(ValueLayout.JAVA_LONG, 0)).reinterpret(Long.BYTES);
        if (comm.rank() == HOST) {
            LONG.setVolatile(number, 0L, 0L);
        }
        comm.barrier(); // nobody counts before the zero is there
    }

    @Override
    public long getAndAdd(long amount) {
        if (!open) {
            throw new CommException("rank " + comm.rank() + ": a counter was used after its close");
        }
        return (long) LONG.getAndAdd(number, 0L, amount);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            comm.barrier(); // somebody may still be counting
            comm.check(Mpi.winFree(windowAt.address()), "MPI_Win_free");
            arena.close();
        }
    }
}
