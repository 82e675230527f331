package ghostrow.comm.check;

import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Orders;
import ghostrow.comm.RankExit;
import ghostrow.comm.Transport;
import ghostrow.comm.World;
import java.util.Optional;

/** Finds mistakes: ranks are threads of this JVM, and all that they ask for is compared. */
public final class CheckTransport implements Transport {
    private final Orders orders;

    public CheckTransport() {
        this(Orders.ONE);
    }

    private CheckTransport(Orders orders) {
        this.orders = orders;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready(CheckComm.LIBRARY, false);
    }

    @Override
    public boolean takesArrays() {
        return true;
    }

    @Override
    public Transport in(Orders wanted) {
        return new CheckTransport(wanted);
    }

    @Override
    public void run(int ranks, SpmdProgram program) {
        if (ranks < 1) {
            throw new CommException("a program needs one rank or more, not " + ranks);
        }
        Optional<World> world = World.around(System.getenv());
        if (world.isPresent() && world.get().size() > 1) {
            throw new CommException(world.get().launcher() + " started " + world.get().size()
                    + " ranks, and the transport check makes its own; start it without a launcher");
        }
        Failure failure = new Failure(new RankThreads.Ranks(ranks), Runtime.getRuntime()::halt);
        failure.watch(() -> {
            Report report = new Report(ranks, orders);
            for (int i = 0; i < orders.count() && report.isClean(); i++) {
                long seed = orders.seed() + i;
                CheckRun run = new CheckRun(ranks, seed, (rank, code) -> {
                    Failure.announceAbort(rank.number(), ranks, code);
                    Runtime.getRuntime().halt(code);
                });
                report.add(seed, i == 0 ? run.run(program, RankThreads.of(ranks)) : Quiet.in(() ->
                        run.run(program, RankThreads.of(ranks))));
            }
            System.out.flush();
            System.err.println(report.text());
            // With findings it may have failed because of them.
            report.failed().ifPresent(failed -> failure.fail(failed.rank(), failed.thrown()));
            if (!report.isClean()) {
                failure.fail(0, new RankExit(Failure.CODE, null));
            }
        });
    }
}
