package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun.Library;
import ghostrow.data.Json;
import ghostrow.run.Program;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that share no memory, on a network with delay: what it promises, and that runs over it change no bit. */
class EmulatedNetworkTest {
    private static final int STOPPED = 75;
    private static final int PORT = 7777;

    @TempDir
    Path folder;

    /** Sends a byte back and forth, again and again, and prints how many microseconds each round took. */
    static final class Echo {
        private Echo() {
        }

        public static void main(String[] hostToAsk) throws Exception {
            if (hostToAsk.length == 0) {
                serve();
            } else {
                ask(hostToAsk[0]);
            }
        }

        private static void serve() throws IOException {
            try (ServerSocket server = new ServerSocket(PORT)) {
                System.out.println("listening");
                try (Socket socket = server.accept()) {
                    socket.setTcpNoDelay(true);
                    socket.getInputStream().transferTo(socket.getOutputStream());
                }
            }
        }

        private static void ask(String host) throws Exception {
            try (Socket socket = new Socket(InetAddress.getByName(host), PORT)) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream();
                while (true) {
                    long start = System.nanoTime();
                    out.write(1);
                    if (in.read() < 0) {
                        return;
                    }
                    System.out.println((System.nanoTime() - start) / 1000);
                    Thread.sleep(5);
                }
            }
        }
    }

    @Test
    void aRoundTripTakesTwiceTheDelayAndAHostThatIsCutOffIsNotHeard() throws Exception {
        try (EmulatedNetwork network = EmulatedNetwork.start(folder.resolve("tb"), 2, "--delay", "10ms");
                Child server = network.start("node2", Children.java(List.of(), Echo.class))) {
            Children.awaitLines(server, 1);
            try (Child client = network.start("node1", Children.java(List.of(), Echo.class, "node2"))) {
                Children.awaitLines(client, 20);
                int[] micros = micros(client);
                int shortest = IntStream.of(micros).min().orElseThrow(() -> new AssertionError(said(client)));
                assertTrue(shortest >= 20_000 && shortest < 24_000, said(client));

                network.link("node2", "down");
                assertTrue(network.status().text().contains("node2 10.0.0.2 down"), network.status().text());
                Shell.pause(Duration.ofMillis(100));
                int before = micros(client).length;
                Shell.pause(Duration.ofMillis(400));
                assertEquals(before, micros(client).length);
                // Nobody has told them.
                assertTrue(client.isAlive() && server.isAlive(), said(client));

                network.link("node2", "up");
                Children.awaitLines(client, before + 10);
                assertTrue(client.isAlive(), said(client));
            }
        }
    }

    private static int[] micros(Child client) throws IOException {
        String whole = client.out();
        return whole.substring(0, whole.lastIndexOf('\n') + 1).lines().filter(line -> line.matches("\\d+"))
                .mapToInt(Integer::parseInt).toArray();
    }

    private static String said(Child child) {
        try {
            return child.said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @TestFactory
    Stream<DynamicTest> runsOverItEndInTheBitsOfOneRankAlone() {
        Needs.build();
        return Stream.of(
                DynamicTest.dynamicTest("2 hosts, Open MPI", () -> endInTheSameBits(Library.OPEN_MPI, 2)),
                DynamicTest.dynamicTest("4 hosts, MPICH", () -> endInTheSameBits(Library.MPICH, 4)));
    }

    private void endInTheSameBits(Library library, int hosts) throws Exception {
        (library == Library.OPEN_MPI ? Setting.NATIVE_OPEN_MPI : Setting.NATIVE_MPICH).require();
        Path here = Files.createTempDirectory(folder, "run");
        List<String> diffusion = diffusion(here, "--force", "--digest", "--json", "-");
        List<String> mandelbrot = List.of("./ghostrow", "mandelbrot", "200", "200", "--schedule", "dynamic", "--out",
                here.toString(), "--force", "--json", "-");
        Object digest = value("digest", alone(diffusion));
        Object sum = value("validationSum", alone(mandelbrot));
        try (EmulatedNetwork network = EmulatedNetwork.start(folder.resolve("tb"), hosts, "--delay", "300us")) {
            Map<?, ?> record = record(network.read("node1", network.mpirun(library, hosts, diffusion)));
            assertEquals(names(hosts), value("hosts", record));
            assertEquals(digest, value("digest", record));
            // As deep as the strips allow, since that is less than what pays.
            double latency = ((Number) value("exchangeLatency", record)).doubleValue();
            assertTrue(latency >= 300e-6, record.toString());
            assertEquals(((Number) value("nrows", record)).longValue() / hosts,
                    ((Number) value("ghosts", record)).longValue(), record.toString());

            // Rows are dealt by a counter, which lies in shared memory where all ranks are on one machine.
            String said = network.read("node1", network.mpirun(library, hosts, mandelbrot));
            assertFalse(said.contains("shares no counter"), said);
            assertEquals(names(hosts), value("hosts", record(said)));
            assertEquals(sum, value("validationSum", record(said)));
        }
    }

    @Test
    void theProgramItselfStartsItsRanksOnOtherHosts() throws Exception {
        Needs.build();
        Setting.NATIVE_OPEN_MPI.require();
        Setting.NATIVE_MPICH.require();
        try (EmulatedNetwork network = EmulatedNetwork.start(folder.resolve("tb"), 2)) {
            for (String library : List.of("openmpi", "mpich")) {
                String said = network.read("node1", List.of("env", "GHOSTROW_MPI_LIBRARY=" + library, "./ghostrow",
                        "mandelbrot", "50", "50", "--out", folder.resolve(library).toString(), "--json", "-",
                        "--ranks", "2", "--host", "node1,node2"));
                assertEquals(names(2), value("hosts", record(said)), library);
            }
        }
    }

    @Test
    void predictionsAreMeasuredAndCheckedOverHosts() throws Exception {
        Needs.machine(Boolean.getBoolean("ghostrow.thorough"), "half a minute of measuring a network: "
                + "-Dghostrow.thorough=true has it done");
        Needs.build();
        Setting.NATIVE_OPEN_MPI.require();
        Path out = folder.resolve("predicted");
        try (EmulatedNetwork network = EmulatedNetwork.start(folder.resolve("tb"), 2, "--delay", "300us")) {
            String said = network.read("node1", List.of("./ghostrow", "scale", "predict", "strong", "jacobi", "--size",
                    "100", "--steps", "40", "--ghosts", "40", "--ranks", "2", "--seconds", "0.1", "--host",
                    "node1,node2", "--out", out.toString()));
            Map<?, ?> machine = (Map<?, ?>) Json.read(Files.readString(out.resolve("machine.json")));
            Map<?, ?> exchanges = (Map<?, ?>) ((Map<?, ?>) machine.get("between")).get("exchangeSeconds");
            assertTrue(((Number) exchanges.get("8")).doubleValue() >= 300e-6, exchanges.toString());
            assertEquals(1L, ((Number) machine.get("ranksPerNode")).longValue(), said);
            // Two ranks on two machines, with as many ghost rows as were asked for.
            String check = Files.readString(out.resolve("check.csv"));
            assertTrue(check.lines().anyMatch(line -> line.startsWith("2,100,100,") && line.contains(",40,persistent,2,")),
                    check);
        }
    }

    @Test
    void whatTwoHostsHaveBegunOneFinishes() throws Exception {
        Needs.build();
        Setting.NATIVE_OPEN_MPI.require();
        String[] longer = {"--set", "dx=0.1", "--set", "outtime=1", "--snapshots", "none", "--digest", "--json", "-"};
        Object digest = value("digest", alone(diffusion(folder.resolve("alone"), longer)));
        List<String> run = diffusion(folder.resolve("there"), longer);
        try (EmulatedNetwork network = EmulatedNetwork.start(folder.resolve("tb"), 2, "--delay", "1ms")) {
            List<String> slowly = with(run, "--kernel", "plain", "--ghosts", "1");
            try (Child both = network.start("node1", network.mpirun(Library.OPEN_MPI, 2, slowly))) {
                Children.awaitLines(both, 2);
                Program.signal("USR1", both.handle());
                Ended ended = both.end();
                assertEquals(STOPPED, ended.code(), ended.out());
            }
            String said = network.read("node2", with(run, "--restart"));
            assertTrue(said.contains("going on after step "), said);
            assertEquals(digest, value("digest", record(said)));
        }
    }

    @Test
    void aHostThatIsLostEndsTheRunAndTheOtherFinishesIt() throws Exception {
        Needs.build();
        Setting.NATIVE_OPEN_MPI.require();
        String[] longer = {"--set", "dx=0.1", "--set", "outtime=1", "--snapshots", "none", "--digest", "--json", "-"};
        Object digest = value("digest", alone(diffusion(folder.resolve("alone"), longer)));
        Path there = folder.resolve("there");
        List<String> run = with(diffusion(there, longer), "--checkpoint-every", "1");
        try (EmulatedNetwork network = EmulatedNetwork.start(folder.resolve("tb"), 2, "--delay", "1ms")) {
            List<String> slowly = with(run, "--kernel", "plain", "--ghosts", "1", "--stall-limit", "1");
            try (Child both = network.start("node1", network.mpirun(Library.OPEN_MPI, 2, slowly))) {
                assertTrue(Shell.await(Duration.ofSeconds(60), () -> hasCheckpoint(there)), both.said());
                network.link("node2", "down");
                Ended ended = both.end(Duration.ofSeconds(40));
                assertFalse(ended.late(), ended.out());
                assertTrue(ended.code() != 0, ended.out());
                assertTrue(both.said().lines().anyMatch(line -> line.matches(
                        "ghostrow: rank 0 of 2 on node1 has waited .* s for rank 1 \\(.*, after step .*")), both.said());
                assertEquals("", network.read("node1", List.of("sh", "-c", RANKS_HERE)));
            }
            String said = network.read("node1", with(run, "--restart"));
            assertTrue(said.contains("going on after step "), said);
            assertEquals(digest, value("digest", record(said)));
        }
    }

    /** Whatever of a run is on the host that asks. */
    private static final String RANKS_HERE = "for p in $(find -L /proc/[0-9]*/ns/net -samefile /proc/self/ns/net"
            + " 2> /dev/null | cut -d / -f 3); do cat /proc/$p/comm 2> /dev/null; done | grep -e java -e mpirun; true";

    /** Its first word is written last. */
    private static boolean hasCheckpoint(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("checkpoint-")).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    if (new String(in.readNBytes(8), StandardCharsets.ISO_8859_1).replace("\0", "").equals("GHOSTROW")) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException renamed) {
            return false;
        }
    }

    private static List<String> diffusion(Path out, String... more) {
        return with(List.of("./ghostrow", "diffusion", "params/diff2d-small.params", "--out", out.toString()), more);
    }

    private static List<String> with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toList();
    }

    private static List<String> names(int hosts) {
        return IntStream.rangeClosed(1, hosts).mapToObj(k -> "node" + k).toList();
    }

    private static Map<?, ?> alone(List<String> command) {
        return record(new Shell(Map.of()).read(command.toArray(String[]::new)));
    }

    private static Map<?, ?> record(String said) {
        return (Map<?, ?>) Json.read(said.lines().filter(line -> line.startsWith("{")).findFirst()
                .orElseThrow(() -> new AssertionError(said)));
    }

    private static Object value(String name, Map<?, ?> record) {
        Object value = name.equals("hosts") ? ((Map<?, ?>) record.get("environment")).get(name) : record.get(name);
        assertNotNull(value, name);
        return value;
    }

    @Test
    void twoDoNotMeetAndNothingIsLeftOfThem() throws IOException {
        List<String> devices = devices();
        List<String> namespaces;
        EmulatedNetwork first = EmulatedNetwork.start(folder.resolve("a"), 2);
        try (first; EmulatedNetwork second = EmulatedNetwork.start(folder.resolve("b"), 2)) {
            String look = "touch /dev/shm/$$ && ls /dev/shm | wc -l; hostname; readlink /proc/self/ns/net"
                    + " /proc/self/ns/ipc";
            namespaces = Stream.of(first, second).flatMap(network -> Stream.of("node1", "node2")
                    .flatMap(host -> network.read(host, List.of("sh", "-c", look)).lines())).toList();
            // One file in each /dev/shm, two names, and eight namespaces.
            assertEquals(1 + 2 + 8, namespaces.stream().distinct().count(), namespaces.toString());
            // In the background of a host that stays, as a launcher that lost its way would be.
            first.read("node2", List.of("sh", "-c", "sleep 600 > /dev/null 2>&1 &"));
            first.stop();
            assertEquals(1, first.status().code());
            assertEquals(0, second.status().code(), second.status().text());
            second.read("node1", List.of("true"));
        }
        assertTrue(Shell.await(Duration.ofSeconds(20), () -> !anyProcess()), "processes are left");
        List<String> kept = networksOfProcesses();
        assertTrue(namespaces.stream().noneMatch(kept::contains), namespaces + " among " + kept);
        assertEquals(devices, devices());
        assertEquals(0, first.stop().code());
        try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
            assertEquals(List.of(".testbed"), files.skip(1).map(file -> file.getFileName().toString()).toList());
        }
        try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
            assertTrue(mounts.noneMatch(line -> line.contains(folder.toString())), "mounts are left");
        }
    }

    private boolean anyProcess() {
        return ProcessHandle.allProcesses().anyMatch(process -> process.info().commandLine()
                .filter(line -> line.contains(folder.toString()) && !line.contains("java")).isPresent());
    }

    private static List<String> devices() throws IOException {
        try (Stream<Path> devices = Files.list(Path.of("/sys/class/net"))) {
            return devices.map(Path::toString).sorted().toList();
        }
    }

    private static List<String> networksOfProcesses() {
        return ProcessHandle.allProcesses().flatMap(process -> {
            try {
                return Stream.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "ns", "net"))
                        .toString());
            } catch (IOException ended) {
                return Stream.of();
            }
        }).distinct().toList();
    }

    @Test
    void itEndsWithItsOwner() throws IOException {
        Process owner = new ProcessBuilder("sleep", "600").start();
        Shell shell = new Shell(Map.of("TESTBED_DIR", folder.resolve("tb").toString(),
                "TESTBED_OWNER", Long.toString(owner.pid())));
        try {
            Shell.Said started = shell.run(EmulatedNetwork.script("1"));
            Testbed.require(started);
            assertEquals(0, started.code(), started.text());
            shell.read("slurm/testbed", "network", "run", "node1", "sh", "-c", "sleep 600 > /dev/null 2>&1 &");
            assertTrue(anyProcess());
            owner.destroyForcibly();
            assertTrue(Shell.await(Duration.ofSeconds(20), () -> !anyProcess()), "it outlives its owner");
        } finally {
            owner.destroyForcibly();
            shell.run(EmulatedNetwork.script("stop"));
        }
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        Shell shell = new Shell(Map.of("TESTBED_DIR", folder.resolve("tb").toString()));
        assertRefused(2, "expected a number of hosts from 1 to 64", shell.run(EmulatedNetwork.script("0")));
        assertRefused(2, "--delay 5: expected a value such as 100us",
                shell.run(EmulatedNetwork.script("2", "--delay", "5")));
        assertRefused(2, "--loss: expected --delay TIME or --rate RATE",
                shell.run(EmulatedNetwork.script("2", "--loss", "1")));
        assertRefused(1, "no host node1 in ", shell.run(EmulatedNetwork.script("run", "node1", "true")));
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "years of work");
        Shell.Said said = shell.with(Map.of("TESTBED_DIR", foreign.toString())).run(EmulatedNetwork.script("1"));
        Testbed.require(said);
        assertRefused(1, foreign + " holds other files", said);
        assertTrue(Files.exists(foreign.resolve("thesis.txt")));
    }

    private static void assertRefused(int code, String why, Shell.Said said) {
        assertEquals(code, said.code(), said.text());
        assertTrue(said.text().contains(why) && said.text().lines().count() == 1, said.text());
    }
}
