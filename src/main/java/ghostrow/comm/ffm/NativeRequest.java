package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * A message of one piece that is under way. The library's half of it serves a later message once this one is
 * complete; this object never does, so that awaiting it again cannot wait for that one.
 */
final class NativeRequest implements Comm.Request {
    private final NativeComm comm;
    private final long address;
    /** Keeps the buffer from being collected until the library is done with it. */
    private MemorySegment message;

    NativeRequest(NativeComm comm, long address, MemorySegment message) {
        this.comm = comm;
        this.address = address;
        this.message = message;
    }

    @Override
    public void await() {
        if (message != null) {
            comm.check(Mpi.await(address, Mpi.STATUS_IGNORE), "MPI_Wait");
            Reference.reachabilityFence(message);
            message = null;
            comm.takeBack(address);
        }
    }

    /** A message from or to nobody. */
    enum None implements Comm.Request {
        NONE;

        @Override
        public void await() {
            // there is nothing to wait for
        }
    }
}
