package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Status;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** A message of several pieces, all of them under way at once. */
final class ChunkedRequest implements Comm.Request {
    private final NativeComm comm;
    private final MemorySegment message;
    private final int peer;
    private final Status status;
    private final Arena arena = Arena.ofShared();
    private final int count;
    private final long requests;

    /** @param status what there will be to say of what has come */
    ChunkedRequest(NativeComm comm, MemorySegment message, int peer, Status status) {
        this.comm = comm;
        this.message = message;
        this.peer = peer;
        this.status = status;
        this.count = NativeComm.PIECES.count(message.byteSize());
        this.requests = arena.allocate(count * Mpi.HANDLE_BYTES, Long.BYTES).address();
    }

    long request(int piece) {
        return requests + piece * Mpi.HANDLE_BYTES;
    }

    @Override
    public Status await() {
        if (arena.scope().isAlive()) {
            comm.waits().begin(Call.WAITALL, peer);
            comm.done(Mpi.awaitAll(count, requests, Mpi.STATUSES_IGNORE), Call.WAITALL);
            complete();
        }
        return status;
    }

    @Override
    public boolean test() {
        if (arena.scope().isAlive() && comm.completes(count, requests)) {
            complete();
        }
        return !arena.scope().isAlive();
    }

    private void complete() {
        arena.close();
        Reference.reachabilityFence(message);
    }
}
