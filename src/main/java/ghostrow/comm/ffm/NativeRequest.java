package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Status;
import ghostrow.comm.Waits.Call;
import java.lang.ref.Reference;

/**
 * A message of one piece, or a collective call, that is under way. The library's half of it serves a later one once this
 * is complete; this object never does, so that awaiting it again cannot wait for that one.
 */
final class NativeRequest implements Comm.Request {
    private final NativeComm comm;
    private final long address;
    private final int peer;
    private final boolean incoming;
    /** Keeps the memory from being collected until the library is done with it; null from then on. */
    private Object memory;
    private Status status = Status.NOTHING;

    /** @param incoming whether there will be something to say of what has come */
    NativeRequest(NativeComm comm, long address, Object memory, int peer, boolean incoming) {
        this.comm = comm;
        this.address = address;
        this.memory = memory;
        this.peer = peer;
        this.incoming = incoming;
    }

    @Override
    public Status await() {
        if (memory != null) {
            comm.waits().begin(Call.WAIT, peer);
            comm.done(Mpi.await(address, incoming ? comm.statusAt() : Mpi.STATUS_IGNORE), Call.WAIT);
            complete();
        }
        return status;
    }

    @Override
    public boolean test() {
        if (memory != null && comm.completes(address, incoming ? comm.statusAt() : Mpi.STATUS_IGNORE)) {
            complete();
        }
        return memory == null;
    }

    private void complete() {
        Reference.reachabilityFence(memory);
        memory = null;
        comm.takeBack(address);
        if (incoming) {
            status = comm.status();
        }
    }

    /** A message from or to nobody. */
    enum None implements Comm.Request {
        NONE;

        @Override
        public Status await() {
            return Status.NOTHING;
        }

        @Override
        public boolean test() {
            return true;
        }
    }
}
