package ghostrow.comm.openmpi;

import ghostrow.comm.Comm;
import ghostrow.comm.Leftovers;
import ghostrow.comm.Waits;
import ghostrow.comm.Waits.Call;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Op;
import mpi.Win;

/** A window of one number at rank 0, raised by MPI's fetch-and-op; for groups that span machines. */
final class OpenMpiCounter implements Comm.Counter {
    private static final int HOME = 0;

    private final Win window;
    private final Waits waits;
    private final Leftovers leftovers;
    private final LongBuffer amount = one();
    private final LongBuffer before = one();
    private boolean closed;

    OpenMpiCounter(Intracomm comm, int rank, Waits waits, Leftovers leftovers) {
        this.waits = waits;
        this.leftovers = leftovers;
        try {
            waits.begin(Call.WIN_ALLOCATE);
            // The library allocates the memory; the buffer receives its address, which nobody needs.
            window = new Win(rank == HOME ? 1 : 0, 1, MPI.INFO_NULL, comm, one(), Win.FLAVOR_PRIVATE);
            window.lockAll(0);
            if (rank == HOME) {
                amount.put(0, 0);
                fetchAndOp(MPI.REPLACE);
            }
            comm.barrier();
            waits.end();
        } catch (MPIException e) {
            throw OpenMpiComm.failed("making a counter", e);
        }
    }

    private static LongBuffer one() {
        return ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    private void fetchAndOp(Op op) throws MPIException {
        window.fetchAndOp(amount, before, MPI.LONG, HOME, 0, op);
        window.flush(HOME);
    }

    @Override
    public long getAndAdd(long by) {
        try {
            amount.put(0, by);
            waits.begin(Call.WIN_FLUSH);
            fetchAndOp(MPI.SUM);
            waits.end();
            return before.get(0);
        } catch (MPIException e) {
            throw OpenMpiComm.failed("raising a counter", e);
        }
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            leftovers.add(this::giveBack);
        }
    }

    private void giveBack() {
        try {
            waits.begin(Call.WIN_FREE);
            window.unlockAll();
            window.free();
            waits.end();
        } catch (MPIException e) {
            throw OpenMpiComm.failed("closing a counter", e);
        }
    }
}
