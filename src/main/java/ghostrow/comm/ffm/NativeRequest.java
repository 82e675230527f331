package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** A message of one piece that is under way. */
final class NativeRequest implements Comm.Request {
    private final NativeComm comm;
    private final MemorySegment message;
    private long slot;

    NativeRequest(NativeComm comm, MemorySegment message, long slot) {
        this.comm = comm;
        this.message = message;
        this.slot = slot;
    }

    @Override
    public void await() {
        if (slot != 0) {
            comm.await(slot);
            slot = 0;
            Reference.reachabilityFence(message);
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
