package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** A message of one piece that is under way; once awaited, the object serves a later message. */
final class NativeRequest implements Comm.Request {
    private final NativeComm comm;
    private final long address;
    private MemorySegment message;

    NativeRequest(NativeComm comm, long address) {
        this.comm = comm;
        this.address = address;
    }

    /** Where the library keeps its half. */
    long address() {
        return address;
    }

    /** The library has started; keeps the buffer from being collected until it is done. */
    Comm.Request carrying(MemorySegment buffer) {
        message = buffer;
        return this;
    }

    @Override
    public void await() {
        if (message != null) {
            comm.check(Mpi.await(address, Mpi.STATUS_IGNORE), "MPI_Wait");
            Reference.reachabilityFence(message);
            message = null;
            comm.takeBack(this);
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
