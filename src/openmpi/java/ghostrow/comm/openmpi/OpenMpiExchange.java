package ghostrow.comm.openmpi;

import ghostrow.comm.Comm;
import ghostrow.comm.PreparedExchange;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Prequest;
import mpi.Request;

/** MPI's persistent requests; each holds on to its buffer, so the exchange keeps nothing else alive. */
final class OpenMpiExchange extends PreparedExchange {
    private final OpenMpiComm comm;
    private final Prequest[] requests;

    OpenMpiExchange(OpenMpiComm comm, Intracomm handle, List<Comm.Message> messages) {
        super(comm, messages);
        this.comm = comm;
        List<Prequest> prepared = new ArrayList<>();
        try {
            for (Comm.Message message : messages()) {
                if (message.peer() != Comm.PROC_NULL) {
                    for (MemorySegment part : OpenMpiComm.PIECES.of(message.buffer())) {
                        ByteBuffer piece = part.asByteBuffer();
                        prepared.add(message.outgoing()
                                ? handle.sendInit(piece, piece.capacity(), MPI.BYTE, message.peer(), message.tag())
                                : handle.recvInit(piece, piece.capacity(), MPI.BYTE, OpenMpiComm.peer(message.peer()),
                                        OpenMpiComm.tag(message.tag())));
                    }
                }
            }
        } catch (MPIException e) {
            throw OpenMpiComm.failed("exchange", e);
        }
        requests = prepared.toArray(Prequest[]::new);
    }

    @Override
    protected void begin() {
        try {
            Prequest.startAll(requests);
        } catch (MPIException e) {
            throw OpenMpiComm.failed("start of an exchange", e);
        }
    }

    @Override
    protected void complete() {
        try {
            comm.waits().begin(Call.EXCHANGE, comm.named(onePeer()), comm.named(otherPeer()));
            Request.waitAll(requests);
            comm.waits().end();
        } catch (MPIException e) {
            throw OpenMpiComm.failed("end of an exchange", e);
        }
    }

    @Override
    protected void release() {
        try {
            for (Prequest request : requests) {
                request.free();
            }
        } catch (MPIException e) {
            throw OpenMpiComm.failed("close of an exchange", e);
        }
    }
}
