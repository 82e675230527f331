package ghostrow.comm.ffm;

import static ghostrow.comm.ffm.LoadedLibrary.ABI;

import ghostrow.comm.Comm;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** MPI's shared memory: rank 0 has all of the window, and the other ranks ask where it lies for them. */
final class NativeWindow implements Comm.Window {
    private static final int HOST = 0;
    private static final int NO_ASSERTION = 0;

    private final NativeComm comm;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment handle = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
    private MemorySegment segment;

    private NativeWindow(NativeComm comm) {
        this.comm = comm;
    }

    /** Collective. */
    static Optional<Comm.Window> over(NativeComm comm, long bytes) {
        if (!comm.onOneMachine()) {
            return Optional.empty();
        }
        NativeWindow window = new NativeWindow(comm);
        // A library may be told not to share, and a container may have too little memory to share.
        if (comm.allreduce(Comm.Op.MIN, window.allocate(bytes) ? 1L : 0L) == 0) {
            window.arena.close();
            return Optional.empty();
        }
        window.find(bytes);
        return Optional.of(window);
    }

    private boolean allocate(long bytes) {
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment own = brief.allocate(ValueLayout.JAVA_LONG);
            comm.waits().begin(Call.WIN_ALLOCATE_SHARED);
            int code = Mpi.winAllocateShared(comm.rank() == HOST ? bytes : 0, 1, Mpi.INFO_NULL, comm.handle(),
                    own.address(), handle.address());
            comm.waits().end();
            return code == Mpi.SUCCESS;
        }
    }

    private void find(long bytes) {
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment size = brief.allocate(ValueLayout.JAVA_LONG);
            MemorySegment unit = brief.allocate(ValueLayout.JAVA_INT);
            MemorySegment base = brief.allocate(ValueLayout.JAVA_LONG);
            comm.check(Mpi.winSharedQuery(ABI.readHandle(handle), HOST, size.address(), unit.address(),
                    base.address()), "MPI_Win_shared_query");
            segment = MemorySegment.ofAddress(base.get(ValueLayout.JAVA_LONG, 0)).reinterpret(bytes, arena, null);
        }
        if (comm.rank() == HOST) {
            segment.fill((byte) 0);
        }
        fence();
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public void fence() {
        comm.waits().begin(Call.WIN_FENCE);
        comm.done(Mpi.winFence(NO_ASSERTION, ABI.readHandle(handle)), Call.WIN_FENCE);
    }

    @Override
    public String kind() {
        return "an MPI shared window";
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            comm.leftovers().add(this::giveBack);
        }
    }

    private void giveBack() {
        comm.waits().begin(Call.WIN_FREE);
        comm.done(Mpi.winFree(handle.address()), Call.WIN_FREE);
    }
}
