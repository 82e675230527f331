package ghostrow.comm.mpj;

import ghostrow.comm.CommException;
import ghostrow.comm.World;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The launcher's side: starts the ranks as processes, tells them each other's ports as MPJ Express's own launcher
 * would, and waits for them. The first that ends badly takes all others with it.
 *
 * <pre>
 *     launcher  --- standard input ---  rank 0, 1, ...   ends when the launcher does
 *        |  one socket for the start       |
 *        +--  secret, ports, rank  --------+              each rank says where it listens
 *        +--  peers of all ranks  ---------+              and hears where all others do: see {@link Meeting}
 * </pre>
 */
final class RankProcesses {
    static final String LOOPBACK = "127.0.0.1";
    /** Names the environment variable with the launcher's port, for its ranks. */
    static final String PORT = "GHOSTROW_MPJ_PORT";
    /** And the one by which it knows them: other users can read a process's command line, but not this. */
    static final String SECRET = "GHOSTROW_MPJ_SECRET";

    private static final int SIGNALLED = 128;
    /** How long ranks may take to leave when the launcher is asked to: less than batch systems wait. */
    private static final long LEAVING_SECONDS = 6;

    private final int size;
    private final URL[] jars;
    private final List<Process> ranks = new ArrayList<>();
    private final BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();

    RankProcesses(int size, URL[] jars) {
        this.size = size;
        this.jars = jars;
    }

    void run() {
        Thread hook = new Thread(this::askToLeave, "ghostrow-ranks-leave");
        try (Meeting meeting = new Meeting(size)) {
            List<String> command = ownCommand();
            for (int rank = 0; rank < size; rank++) {
                ranks.add(start(command, rank, meeting));
            }
            Runtime.getRuntime().addShutdownHook(hook);
            meeting.begin();
            awaitAll();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IOException e) {
            endAll();
            throw new CommException("cannot start " + size + " ranks as processes: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            endAll();
            throw new CommException("interrupted while the ranks ran", e);
        } catch (IllegalStateException shutdownBegan) {
            // The hook has the word: it knows what became of the ranks.
            sleep();
        }
    }

    /** The words with which this JVM was started; the JDK's own answer leaves out long ones. */
    private List<String> ownCommand() throws IOException {
        String words = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of(words.split("\0", -1)));
        command.removeLast();
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // First, so that what the user has chosen wins.
        int share = Math.max(1, Runtime.getRuntime().availableProcessors() / size);
        command.add(1, "-XX:ActiveProcessorCount=" + share);
        return command;
    }

    private Process start(List<String> command, int rank, Meeting meeting) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE);
        Map<String, String> environment = builder.environment();
        environment.put(World.GHOSTROW_RANK, Integer.toString(rank));
        environment.put(World.GHOSTROW_SIZE, Integer.toString(size));
        environment.put(PORT, Integer.toString(meeting.port()));
        environment.put(SECRET, meeting.secret());
        // Without its configuration the library starts with a stack trace.
        Path lib = Path.of(jars[jars.length - 1].getPath()).toAbsolutePath().getParent();
        environment.putIfAbsent("MPJ_HOME", lib.getParent().toString());
        Process process = builder.start();
        process.onExit().thenRun(() -> ended.add(rank));
        return process;
    }

    private void awaitAll() throws InterruptedException {
        for (int count = 0; count < size; count++) {
            int rank = ended.take();
            int code = ranks.get(rank).exitValue();
            if (code != 0) {
                endAll();
                if (code > SIGNALLED) {
                    System.err.println("ghostrow: rank " + rank + " of " + size + " was killed by signal "
                            + (code - SIGNALLED));
                }
                System.err.flush();
                Runtime.getRuntime().halt(code);
            }
        }
    }

    private void endAll() {
        ranks.forEach(Process::destroyForcibly);
        ranks.forEach(rank -> rank.onExit().join());
    }

    /** The launcher was told to end: so are the ranks, who may have something to save, and theirs is the code. */
    private void askToLeave() {
        ranks.forEach(Process::destroy);
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAVING_SECONDS);
            boolean well = true;
            for (Process rank : ranks) {
                well &= rank.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) && rank.exitValue() == 0;
            }
            if (well) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endAll();
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
