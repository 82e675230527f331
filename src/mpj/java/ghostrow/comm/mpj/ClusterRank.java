package ghostrow.comm.mpj;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.MachineCounter;
import ghostrow.comm.MachineWindow;
import ghostrow.comm.Transport.SpmdProgram;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import mpi.MPI;

/** The only rank of a process from beginning to end; made by a class loader that knows how to stay on loopback. */
public final class ClusterRank implements Callable<Void> {
    /**
     * Up to this length a message is sent without asking the receiver first. The device asks from the thread that
     * also has to read what arrives: two ranks that send each other much would wait for each other for ever.
     */
    private static final int ALWAYS_SEND_AT_ONCE = Integer.MAX_VALUE;

    /** One start in about 300 was seen to hang, for a reason not found; ranks that have not met by then never will. */
    private static final Duration MEETING = Duration.ofSeconds(20);

    private final int rank;
    private final int size;
    private final String port;
    private final SpmdProgram program;

    public ClusterRank(int rank, int size, String port, SpmdProgram program) {
        this.rank = rank;
        this.size = size;
        this.port = port;
        this.program = program;
    }

    @Override
    public Void call() {
        String world = String.join(";", "#Number of Processes", Integer.toString(size),
                "#Protocol Switch Limit", Integer.toString(ALWAYS_SEND_AT_ONCE),
                "#Server Name", RankProcesses.LOOPBACK, "#Server Port", port);
        Thread limit = giveUpAfterAWhile();
        MPI.Init(new String[] {Integer.toString(rank), world, "niodev"});
        MPI.COMM_WORLD.Barrier();
        limit.interrupt();
        // Nothing to do for the other ranks when this one fails: the launcher sees it end.
        Failure.run(MpjComm.world(new MachineSharing(), MpjClusterTransport.LIBRARY), program, _ -> { }, MPI::Finalize);
        return null;
    }

    /** Ranks of one machine, each in a JVM of its own. */
    private record MachineSharing() implements Sharing {
        @Override
        public Comm.Counter counter(String name, Comm group) {
            return MachineCounter.over(group)
                    .orElseThrow(() -> new CommException("the ranks share no memory for a counter"));
        }

        @Override
        public Optional<Comm.Window> window(String name, long bytes, Comm group) {
            return MachineWindow.over(group, bytes);
        }
    }

    /** Before the program begins nothing is lost by an end, and a job that waits for ever is lost itself. */
    private Thread giveUpAfterAWhile() {
        return Thread.ofPlatform().daemon().name("ghostrow-meeting").start(() -> {
            try {
                Thread.sleep(MEETING);
                System.err.println("ghostrow: rank " + rank + " of " + size + " has not met the others within "
                        + MEETING.toSeconds() + " s; start again, or use --transport mpj");
                Runtime.getRuntime().halt(Failure.CODE);
            } catch (InterruptedException met) {
                // All ranks are connected and have heard from each other.
            }
        });
    }
}
