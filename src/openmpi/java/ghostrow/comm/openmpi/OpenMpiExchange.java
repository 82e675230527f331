package ghostrow.comm.openmpi;

import ghostrow.comm.Comm;
import mpi.MPIException;
import mpi.Prequest;
import mpi.Request;

/** MPI's persistent requests; each holds on to its buffer, so the exchange keeps nothing else alive. */
final class OpenMpiExchange implements Comm.Exchange {
    private final Prequest[] requests;
    private boolean closed;

    OpenMpiExchange(Prequest[] requests) {
        this.requests = requests;
    }

    @Override
    public void start() {
        try {
            Prequest.startAll(requests);
        } catch (MPIException e) {
            throw OpenMpiComm.failed("start of an exchange", e);
        }
    }

    @Override
    public void await() {
        try {
            Request.waitAll(requests);
        } catch (MPIException e) {
            throw OpenMpiComm.failed("end of an exchange", e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (Prequest request : requests) {
                request.free();
            }
        } catch (MPIException e) {
            throw OpenMpiComm.failed("close of an exchange", e);
        }
    }
}
