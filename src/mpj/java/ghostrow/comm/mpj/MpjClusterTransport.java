package ghostrow.comm.mpj;

import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Transport;
import ghostrow.comm.World;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;

/**
 * MPJ Express between processes of this machine, which need no MPI installation and no daemon: the process that is
 * asked for ranks starts them as JVMs with its own command line and watches over them; a process started so is a
 * rank.
 */
public final class MpjClusterTransport implements Transport {
    static final String LIBRARY = "MPJ Express 0.44, niodev on loopback";

    @Override
    public String name() {
        return "mpj-cluster";
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready(LIBRARY, true);
    }

    @Override
    public void run(int ranks, SpmdProgram program) {
        if (ranks < 1) {
            throw new CommException("a program needs one rank or more, not " + ranks);
        }
        if (!(getClass().getClassLoader() instanceof URLClassLoader loader)) {
            throw new CommException("transport mpj-cluster must be loaded from jars of its own, not from the class "
                    + "path");
        }
        World world = World.around(System.getenv()).orElse(null);
        if (world == null) {
            new RankProcesses(ranks, loader.getURLs()).run();
        } else if (!world.launcher().equals(World.GHOSTROW) || world.size() != ranks) {
            throw new CommException("asked for " + ranks + " ranks of mpj-cluster in a world of " + world.size()
                    + " made by " + world.launcher() + "; start it without that launcher");
        } else {
            join(world, loader.getURLs(), program);
        }
    }

    private static void join(World world, URL[] jars, SpmdProgram program) {
        leaveWithTheLauncher();
        try (LoopbackLoader loader = new LoopbackLoader(jars, SpmdProgram.class.getClassLoader(),
                System.getenv(RankProcesses.SECRET))) {
            Callable<?> life = (Callable<?>) loader.loadClass(ClusterRank.class.getName())
                    .getConstructor(int.class, int.class, String.class, SpmdProgram.class)
                    .newInstance(world.rank(), world.size(), System.getenv(RankProcesses.PORT), program);
            life.call();
        } catch (CommException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw new CommException("rank " + world.rank() + " of " + world.size()
                    + ": MPJ Express does not start: " + e, e);
        }
    }

    /** The launcher holds the other end of standard input for as long as it lives, however it dies. */
    private static void leaveWithTheLauncher() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nobody is meant to write there
                }
            } catch (IOException e) {
                // as good as the end
            }
            Runtime.getRuntime().halt(Failure.CODE);
        }, "ghostrow-launcher-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
