package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Ranks of MPJ Express that cannot start, and strangers who would like to be ranks. */
class MpjStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The library logs into a file for each rank, if a configuration says so: that of rank 1 cannot be written. */
    @TestFactory
    Stream<DynamicTest> aRankThatDoesNotStartEndsTheJobByName(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/mpjexpress.conf"), "mpjexpress.mpi.loglevel=DEBUG\n");
        Files.createDirectories(home.resolve("logs/" + System.getProperty("user.name") + "-mpj-1.log"));
        return Stream.of(Setting.MPJ, Setting.MPJ_CLUSTER).map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            setting.require();
            Program.Outcome ring = Program.run(Map.of("MPJ_HOME", home.toString()), "ring", "--ranks", "3",
                    "--transport", setting.transport());
            assertEquals(1, ring.code(), ring.toString());
            assertTrue(ring.err().contains("rank 1 of 3"), ring.toString());
            assertEquals("", ring.out());
        }));
    }

    /** They come before the ranks do: one says nothing, one what a rank used to say, and one what none would. */
    @Test
    void strangersAreSentAway() throws Exception {
        Setting.MPJ_CLUSTER.require();
        try (Program program = Program.start("ring", "--ranks", "2", "--transport", "mpj-cluster")) {
            int port = awaitPort(program.launcher());
            try (Socket mute = stranger(port); Socket rank0 = stranger(port); Socket rank1000 = stranger(port)) {
                introduce(rank0, 0);
                introduce(rank1000, 1000);
                for (Socket stranger : List.of(rank0, rank1000)) {
                    assertEquals(-1, new DataInputStream(stranger.getInputStream()).read());
                }
                Program.Outcome ring = program.end();
                assertEquals(0, ring.code(), ring.toString());
                assertEquals(2, ring.out().lines().count(), ring.toString());
                assertEquals(-1, mute.getInputStream().read());
            }
        }
    }

    private static Socket stranger(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void introduce(Socket socket, int rank) throws IOException {
        // In one piece: after the first line nobody may be there to take the rest.
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.writeUTF("Sending Info");
        out.writeInt(30001);
        out.writeInt(30002);
        out.writeInt(rank);
        out.flush();
    }

    /** The only port on which the launcher listens, for the moment before its ranks have met. */
    private static int awaitPort(ProcessHandle launcher) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            OptionalInt port = port(launcher);
            if (port.isPresent()) {
                return port.getAsInt();
            }
            assertTrue(launcher.isAlive(), "the launcher has ended");
            Thread.sleep(2);
        }
        throw new AssertionError("the launcher does not listen");
    }

    private static OptionalInt port(ProcessHandle launcher) throws IOException {
        Set<String> own = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + launcher.pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                own.add(Files.readSymbolicLink(descriptor).toString());
            }
        } catch (IOException closedMeanwhile) {
            return OptionalInt.empty();
        }
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] words = line.strip().split("\\s+");
                if (words[3].equals("0A") && own.contains("socket:[" + words[9] + "]")) {
                    return OptionalInt.of(Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16));
                }
            }
        }
        return OptionalInt.empty();
    }
}
