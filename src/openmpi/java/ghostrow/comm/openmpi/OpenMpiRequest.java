package ghostrow.comm.openmpi;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Status;
import ghostrow.comm.Waits;
import ghostrow.comm.Waits.Call;
import mpi.MPI;
import mpi.MPIException;

/** A message, of one piece or several, or a collective call, that is under way. */
final class OpenMpiRequest implements Comm.Request {
    private final Waits waits;
    private final int peer;
    private final boolean incoming;
    private final mpi.Request[] pieces;
    private int completed;
    private Status status = Status.NOTHING;

    OpenMpiRequest(Waits waits, int peer, boolean incoming, mpi.Request... pieces) {
        this.waits = waits;
        this.peer = peer;
        this.incoming = incoming;
        this.pieces = pieces;
    }

    @Override
    public Status await() {
        try {
            while (completed < pieces.length) {
                waits.begin(Call.WAIT, peer);
                mpi.Status found = pieces[completed].waitStatus();
                waits.end();
                complete(found);
            }
            return status;
        } catch (MPIException e) {
            throw OpenMpiComm.failed("await", e);
        }
    }

    @Override
    public boolean test() {
        try {
            while (completed < pieces.length) {
                mpi.Status found = pieces[completed].testStatus();
                if (found == null) {
                    return false;
                }
                complete(found);
            }
            return true;
        } catch (MPIException e) {
            throw OpenMpiComm.failed("test", e);
        }
    }

    private void complete(mpi.Status found) throws MPIException {
        completed++;
        if (incoming) {
            status = new Status(found.getSource(), found.getTag(), status.bytes() + found.getCount(MPI.BYTE));
        }
    }
}
