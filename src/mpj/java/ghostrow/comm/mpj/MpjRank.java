package ghostrow.comm.mpj;

import ghostrow.comm.Transport.SpmdProgram;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import mpi.MPI;

/**
 * One rank from beginning to end, called by the thread that is to be the rank. Its constructor takes only types
 * that every class loader knows alike.
 */
public final class MpjRank implements Callable<Void> {
    private final int rank;
    private final int size;
    private final SpmdProgram program;
    private final ConcurrentMap<String, MemorySegment> meeting;
    private final Runnable started;

    public MpjRank(int rank, int size, SpmdProgram program, ConcurrentMap<String, MemorySegment> meeting,
            Runnable started) {
        this.rank = rank;
        this.size = size;
        this.program = program;
        this.meeting = meeting;
        this.started = started;
    }

    @Override
    public Void call() throws Exception {
        // Returns when all ranks have called it; where it fails the others wait in there for this one, for ever.
        MPI.Init(new String[] {Integer.toString(rank), Integer.toString(size), "smpdev"});
        started.run();
        program.run(MpjComm.world(new HeapSharing(meeting), MpjTransport.LIBRARY));
        MPI.Finalize();
        return null;
    }
}
