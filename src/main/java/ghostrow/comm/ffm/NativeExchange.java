package ghostrow.comm.ffm;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.PreparedExchange;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/** Messages prepared once as persistent requests, which lie side by side so that one call starts them all. */
final class NativeExchange extends PreparedExchange {
    private final NativeComm comm;
    private final Arena arena = Arena.ofShared();
    private final long requests;
    private int count;

    NativeExchange(NativeComm comm, List<Comm.Message> messages) {
        super(comm, messages);
        this.comm = comm;
        int pieces = 0;
        for (Comm.Message message : messages()) {
            pieces += NativeComm.PIECES.count(message.buffer().byteSize());
        }
        requests = arena.allocate(Math.max(1, pieces) * Mpi.HANDLE_BYTES, Long.BYTES).address();
        for (Comm.Message message : messages()) {
            if (message.peer() != Comm.PROC_NULL) {
                prepare(message);
            }
        }
    }

    private void prepare(Comm.Message message) {
        MemorySegment buffer = message.buffer();
        if (!message.outgoing()) {
            Checks.wildcard(buffer, message.peer(), message.tag(), NativeComm.PIECES.longest());
        }
        long at = buffer.address();
        long left = buffer.byteSize();
        do {
            int part = NativeComm.PIECES.next(left);
            long request = requests + count * Mpi.HANDLE_BYTES;
            if (message.outgoing()) {
                comm.check(Mpi.sendInit(at, part, Mpi.BYTE, message.peer(), message.tag(),
                        comm.handle(), request), "MPI_Send_init");
            } else {
                comm.check(Mpi.recvInit(at, part, Mpi.BYTE, NativeComm.source(message.peer()), NativeComm.tag(message.tag()),
                        comm.handle(), request), "MPI_Recv_init");
            }
            count++;
            at += part;
            left -= part;
        } while (left > 0);
    }

    @Override
    protected void begin() {
        if (count > 0) {
            comm.check(Mpi.startAll(count, requests), "MPI_Startall");
        }
    }

    @Override
    protected void complete() {
        if (count > 0) {
            comm.waits().begin(Call.EXCHANGE, comm.named(onePeer()), comm.named(otherPeer()));
            comm.done(Mpi.awaitAll(count, requests, Mpi.STATUSES_IGNORE), Call.EXCHANGE);
        }
        Reference.reachabilityFence(messages());
    }

    @Override
    protected void release() {
        for (int i = 0; i < count; i++) {
            comm.check(Mpi.requestFree(requests + i * Mpi.HANDLE_BYTES), "MPI_Request_free");
        }
        arena.close();
    }
}
