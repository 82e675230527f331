package ghostrow.comm.ffm;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/** Messages prepared once as persistent requests, which lie side by side so that one call starts them all. */
final class NativeExchange implements Comm.Exchange {
    private final NativeComm comm;
    private final List<Comm.Message> messages;
    private final Arena arena = Arena.ofShared();
    private final long requests;
    private int count;
    private boolean active;

    NativeExchange(NativeComm comm, List<Comm.Message> messages) {
        this.comm = comm;
        this.messages = List.copyOf(messages);
        int pieces = 0;
        for (Comm.Message message : this.messages) {
            Checks.message(message.buffer(), message.peer(), message.tag(), comm.size());
            pieces += Chunks.count(message.buffer().byteSize());
        }
        requests = arena.allocate(Math.max(1, pieces) * Mpi.HANDLE_BYTES, Long.BYTES).address();
        for (Comm.Message message : this.messages) {
            if (message.peer() != Comm.PROC_NULL) {
                prepare(message);
            }
        }
    }

    private void prepare(Comm.Message message) {
        MemorySegment buffer = message.buffer();
        long at = buffer.address();
        long left = buffer.byteSize();
        do {
            int part = Chunks.next(left);
            long request = requests + count * Mpi.HANDLE_BYTES;
            if (message.outgoing()) {
                comm.check(Mpi.sendInit(at, part, Mpi.BYTE, message.peer(), message.tag(),
                        comm.handle(), request), "MPI_Send_init");
            } else {
                comm.check(Mpi.recvInit(at, part, Mpi.BYTE, message.peer(), message.tag(),
                        comm.handle(), request), "MPI_Recv_init");
            }
            count++;
            at += part;
            left -= part;
        } while (left > 0);
    }

    @Override
    public void start() {
        if (active) {
            throw new CommException("rank " + comm.rank()
                    + ": an exchange was started twice without an await");
        }
        usable();
        active = true;
        if (count > 0) {
            comm.check(Mpi.startAll(count, requests), "MPI_Startall");
        }
    }

    @Override
    public void await() {
        if (!active) {
            return;
        }
        if (count > 0) {
            comm.check(Mpi.awaitAll(count, requests, Mpi.STATUSES_IGNORE), "MPI_Waitall");
        }
        active = false;
        Reference.reachabilityFence(messages);
    }

    private void usable() {
        if (!arena.scope().isAlive()) {
            throw new CommException("rank " + comm.rank() + ": an exchange was started after its close");
        }
        for (int i = 0; i < messages.size(); i++) {
            Checks.buffer(messages.get(i).buffer());
        }
    }

    /**
     * An exchange that is still under way is left alone: its rank is failing, and waiting could take for
     * ever.
     */
    @Override
    public void close() {
        if (active || !arena.scope().isAlive()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            comm.check(Mpi.requestFree(requests + i * Mpi.HANDLE_BYTES), "MPI_Request_free");
        }
        arena.close();
    }
}
