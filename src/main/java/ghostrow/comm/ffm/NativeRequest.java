package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * A message of one piece that is under way. The library's half of it serves a later message once this one is
 * complete; this object never does, so that awaiting it again cannot wait for that one.
 */
final class NativeRequest implements Comm.Request {
    private final NativeComm comm;
    private final long address;
    private final int peer;
    /** Keeps the buffer from being collected until the library is done with it. */
    private MemorySegment message;

    NativeRequest(NativeComm comm, long address, MemorySegment message, int peer) {
        this.comm = comm;
        this.address = address;
        this.message = message;
        this.peer = peer;
    }

    @Override
    public void await() {
        if (message != null) {
            comm.waits().begin(Call.WAIT, peer);
            comm.done(Mpi.await(address, Mpi.STATUS_IGNORE), Call.WAIT);
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
