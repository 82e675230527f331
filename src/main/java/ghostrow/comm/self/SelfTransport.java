package ghostrow.comm.self;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Transport;
import ghostrow.comm.World;
import java.util.Optional;

/** One rank and no library: for small runs, for tests, and for machines without MPI. */
public final class SelfTransport implements Transport {
    @Override
    public String name() {
        return "self";
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready(SelfComm.LIBRARY, false);
    }

    @Override
    public void run(int ranks, SpmdProgram program) {
        if (ranks > 1) {
            throw new CommException("the transport self is one rank, not " + ranks + "; native has many");
        }
        Optional<World> world = World.around(System.getenv());
        if (world.isPresent() && world.get().size() > 1) {
            throw new CommException(world.get().launcher() + " started " + world.get().size()
                    + " ranks, and the transport self would make each of them a run of its own; use native");
        }
        Comm comm = new SelfComm();
        Failure.run(comm, program, code -> Runtime.getRuntime().halt(code), comm::close);
    }
}
