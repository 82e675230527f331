package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Comm;
import ghostrow.comm.Orders;
import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import ghostrow.study.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ghostrow's own apps where mistakes are looked for, and what users see of one. */
class CheckedTest {
    @TempDir
    Path folder;

    static Stream<String> apps() {
        return Stream.of("ring --ranks 4 --check-orders 20",
                "fibonacci 20 --ranks 3 --check-orders 3",
                "sum --ranks 3",
                "counter --ranks 3",
                "negate --ranks 4 --check-orders 5",
                "slow late --ranks 3 --steps 20 --size 40",
                "diffusion params/diff2d.params --set dx=0.5 --ranks 3 --threads 2 --out DIR/d",
                "diffusion params/diff2d.params --set dx=0.5 --ranks 3 --exchange sendrecv --out DIR/s --check-seed 4",
                "diffusion params/diff2d.params --set dx=0.5 --ranks 3 --exchange overlap --out DIR/o --check-seed 5",
                "jacobi --size 60 --steps 40 --ranks 4 --exchange deep --check-orders 2",
                "mandelbrot 60 40 --ranks 3 --no-output --check-orders 3",
                "auc --ranks 3",
                "mean DIR/m.h5 --create 100 --ranks 3",
                "run --ranks 3 --check-orders 5 src/examples/comm/Smooth.java",
                "run --ranks 3 --check-orders 5 src/examples/Ring.java",
                "sweep mandelbrot --vary maxiter=100:300:100 --vary W=20,30 --ranks 4 --group 2 --out DIR/w");
    }

    @ParameterizedTest
    @MethodSource("apps")
    void nothingIsFoundInGhostrowItself(String words) throws Exception {
        Ended ended = ghostrow(words.replaceFirst(" ", " --transport check ").replace("DIR", folder.toString()).split(" "));
        assertEquals(0, ended.code(), ended.out() + ended.err());
        assertTrue(ended.err().contains("check: nothing found in "), ended.err());
    }

    private static Ended ghostrow(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("./ghostrow"));
        command.addAll(List.of(words));
        return Children.end(Children.launch(command).errorsApart());
    }

    /** Two ranks that wait for each other. */
    static final class Deadlock {
        private Deadlock() {
        }

        public static void main(String[] words) {
            Setting.find("check").run(2, comm -> {
                double[] row = new double[1];
                comm.recv(row, 1 - comm.rank(), 7);
                comm.send(row, 1 - comm.rank(), 7);
            });
        }
    }

    @Test
    void aDeadlockIsToldAsWhoWaitsForWhom() throws Exception {
        Ended ended = Children.end(Children.launch(Children.java(List.of(), Deadlock.class)).errorsApart());
        assertEquals(1, ended.code());
        String line = ended.err().replaceFirst("(?s).*?CheckedTest\\.java:(\\d+).*", "$1");
        assertTrue(Files.readAllLines(Path.of("src/test/java/ghostrow/run/CheckedTest.java")).get(Integer.parseInt(line) - 1)
                .contains("comm.recv(row"), ended.err());
        assertEquals("""
                deadlock: 0 waits in recv(from 1, tag 7) at CheckedTest.java:LINE
                          1 waits in recv(from 0, tag 7) at CheckedTest.java:LINE
                both receive first; let one of them send first, or use sendrecv
                check: 1 mistake in 1 order (2 ranks, 0 messages, 0 collective calls)
                """.replace("LINE", line), ended.err());
    }

    /** Goes well as long as the message of rank 1 comes first. */
    static final class Race {
        private Race() {
        }

        public static void main(String[] words) {
            Setting.find("check").in(new Orders(Integer.parseInt(words[0]), Long.parseLong(words[1]))).run(3, comm -> {
                long[] value = {comm.rank()};
                if (comm.rank() == 0) {
                    comm.recv(value, Comm.ANY_SOURCE, 0);
                    comm.recv(value, 2, 0);
                    System.out.println("received");
                } else {
                    comm.send(value, 0, 0);
                }
            });
        }
    }

    @Test
    void aRaceIsToldAndOneOfItsOrdersIsAMistakeThatItsSeedHasAgain() throws Exception {
        Ended one = race(1, 0);
        assertEquals(0, one.code(), one.err());
        assertEquals("received\n", one.out());
        assertTrue(one.err().startsWith("race: rank 0: recv(from any, tag 0) at CheckedTest.java:"), one.err());
        assertTrue(one.err().contains("check: 1 race, and nothing else, in 1 order (3 ranks"), one.err());

        Ended many = race(50, 0);
        assertEquals(1, many.code(), many.err());
        assertEquals("received\n", many.out());
        String seed = many.err().replaceFirst("(?s).*--check-seed (\\d+) has the same again\n", "$1");
        Ended again = race(1, Long.parseLong(seed));
        assertEquals(1, again.code(), again.err());
        assertTrue(again.err().contains("deadlock: 0 waits in recv(from 2, tag 0)"), again.err());
    }

    @Test
    void whatIsCheckedIsNotMeasured() throws Exception {
        Ended ended = ghostrow("ring", "--ranks", "2", "--transport", "check", "--profile");
        assertEquals(2, ended.code(), ended.err());
        assertTrue(ended.err().contains("--profile measures"), ended.err());
    }

    private static Ended race(int orders, long seed) throws Exception {
        return Children.end(Children.launch(Children.java(List.of(), Race.class, Integer.toString(orders),
                Long.toString(seed))).errorsApart());
    }

    @Test
    void ordersAreForTheTransportThatCanChooseThem() throws Exception {
        for (List<String> words : List.of(List.of("--check-orders", "3"), List.of("--check-seed", "3"),
                List.of("--transport", "check", "--check-orders", "0"),
                List.of("--transport", "check", "--check-seed", "-1"))) {
            List<String> all = new ArrayList<>(List.of("ring", "--ranks", "2"));
            all.addAll(words);
            Ended ended = ghostrow(all.toArray(String[]::new));
            assertEquals(2, ended.code(), ended.err());
            assertEquals(1, ended.err().lines().count(), ended.err());
            assertTrue(ended.err().contains("--check-"), ended.err());
        }
    }
}
