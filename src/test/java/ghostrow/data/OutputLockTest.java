package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.OutputLock.Owner;
import ghostrow.data.OutputLock.Verdict;
import ghostrow.spmd.Children;
import ghostrow.study.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {
    private final List<String> news = new ArrayList<>();

    @TempDir
    Path folder;

    /** A process that takes the folder, or joins it, says so, and lives until there is a file {@code end}. */
    static final class Holder {
        private Holder() {
        }

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[1]);
            try (OutputLock lock = arguments[0].equals("take")
                    ? OutputLock.take(folder, Duration.ofMillis(Long.parseLong(arguments[2])), System.out::println)
                    : OutputLock.join(folder)) {
                System.out.println("holds");
                while (!Files.exists(folder.resolve("end"))) {
                    Thread.sleep(10);
                }
                if (arguments[0].equals("take")) {
                    lock.remove();
                }
            } catch (InputException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    private Child holder(String how, long patienceMillis) throws Exception {
        return Tools.java(Holder.class, how, folder.toString(), Long.toString(patienceMillis)).start();
    }

    /** Line number {@code line} of what it says, once it is there. */
    private static String said(Child holder, int line) throws Exception {
        Children.awaitLines(holder, line + 1);
        return holder.out().lines().skip(line).findFirst().orElse("nothing more");
    }

    private static void kill(Child holder) {
        holder.handle().destroyForcibly();
        holder.handle().onExit().join();
    }

    private OutputLock take() {
        return OutputLock.take(folder, Duration.ZERO, news::add);
    }

    private String refusal() {
        return assertThrows(InputException.class, this::take).getMessage();
    }

    private static String host() throws Exception {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    @Test
    void aLivingOwnerIsNamedAndLeftAlone() throws Exception {
        try (Child owner = holder("take", 0)) {
            assertEquals("holds", said(owner, 0));
            String expected = folder + ": is being written by process " + owner.handle().pid() + " on " + host()
                    + " (ghostrow.lock); let it end, or choose another folder with --out";
            assertEquals(expected, refusal());
            assertEquals(expected, assertThrows(InputException.class, () -> OutputLock.refuseHeld(folder)).getMessage());
            assertEquals(List.of(), news);
            // Looking did not loosen it.
            try (Child other = holder("take", 0)) {
                assertEquals("refused: " + expected, said(other, 0));
            }
            Files.createFile(folder.resolve("end"));
            assertEquals(0, owner.end().code());
            assertFalse(Files.exists(folder.resolve("ghostrow.lock")));
            OutputLock.refuseHeld(folder);
            take().close();
            assertEquals(List.of(), news);
        }
    }

    @Test
    void twoThreadsOfOneProcessAreTwoRunsToo() throws Exception {
        try (OutputLock held = take()) {
            assertTrue(refusal().contains("process " + ProcessHandle.current().pid() + " on "), refusal());
            try (Child other = holder("take", 0)) {
                assertTrue(said(other, 0).startsWith("refused: "), said(other, 0));
            }
            held.remove();
        }
    }

    @Test
    void oneThatWasKilledIsTakenOverByName() throws Exception {
        try (Child owner = holder("take", 0)) {
            assertEquals("holds", said(owner, 0));
            kill(owner);
            assertTrue(Files.exists(folder.resolve("ghostrow.lock")));
            OutputLock.refuseHeld(folder);
            try (OutputLock lock = take()) {
                assertEquals(List.of(folder + "/ghostrow.lock: taken over from process " + owner.handle().pid() + " on "
                        + host() + ", which ended without removing it"), news);
                lock.remove();
            }
        }
    }

    @Test
    void ranksThatOutliveTheirFirstAreWaitedFor() throws Exception {
        try (Child owner = holder("take", 0)) {
            assertEquals("holds", said(owner, 0));
            try (Child rank = holder("join", 0)) {
                assertEquals("holds", said(rank, 0));
                kill(owner);
                try (Child next = holder("take", 0)) {
                    assertTrue(said(next, 0).contains("waiting for ranks of the run before"), next.said());
                    Thread.sleep(400);
                    assertEquals(1, next.out().lines().count(), "did not wait for the rank that is left");
                    kill(rank);
                    assertTrue(said(next, 1).contains("taken over from process " + owner.handle().pid()), next.said());
                    assertEquals("holds", said(next, 2));
                }
            }
        }
    }

    @Test
    void aSuccessorMayWaitForItsPredecessor() throws Exception {
        try (Child owner = holder("take", 0)) {
            assertEquals("holds", said(owner, 0));
            try (Child next = holder("take", 30_000)) {
                assertTrue(said(next, 0).contains("waiting 30 s for its end"), next.said());
                kill(owner);
                assertTrue(said(next, 1).contains("taken over from process " + owner.handle().pid()), next.said());
                assertEquals("holds", said(next, 2));
            }
        }
    }

    @Test
    void whatTheKernelUnlockedIsFreeWhateverHostTheFileNames() throws Exception {
        Files.writeString(folder.resolve("ghostrow.lock"), "host elsewhere\npid 1\nstarted long ago\n");
        try (OutputLock lock = take()) {
            assertEquals(1, news.size());
            assertTrue(news.getFirst().contains("process 1 on elsewhere"), news.toString());
            lock.remove();
        }
        Files.writeString(folder.resolve("ghostrow.lock"), "");
        take().close();
    }

    @Test
    void withoutLocksTheProcessIsLookedForAndItsHostAndJobCount() throws Exception {
        Owner self = Owner.self();
        assertEquals(Optional.of(self), Owner.parse(self.text()));
        assertTrue(self.lives());
        Child other = holder("join", 0);
        assertEquals("holds", said(other, 0));
        Owner here = new Owner(self.host(), other.handle().pid(),
                other.handle().info().startInstant().orElseThrow().toString(), "", 0);
        assertTrue(here.lives());
        assertFalse(new Owner(self.host(), other.handle().pid(), "another time", "", 0).lives());
        assertEquals(Verdict.LIVES, OutputLock.judge(here, self, false, true, here::lives));
        // The kernel has said that nobody holds it: the number is another process's by now.
        assertEquals(Verdict.GONE, OutputLock.judge(here, self, true, false, here::lives));
        other.close();
        assertEquals(Verdict.GONE, OutputLock.judge(here, self, false, true, here::lives));

        Owner far = new Owner("elsewhere", 7, "then", "", 0);
        assertEquals(Verdict.GONE, OutputLock.judge(far, self, true, true, () -> true));
        assertEquals(Verdict.UNKNOWN, OutputLock.judge(far, self, true, false, () -> false));
        assertEquals(Verdict.UNKNOWN, OutputLock.judge(far, self, false, true, () -> false));

        // The same job, queued again, may be on another host.
        Owner first = new Owner("elsewhere", 7, "then", "4711", 0);
        assertEquals(Optional.of(first), Owner.parse(first.text()));
        Owner second = new Owner(self.host(), 8, "now", "4711", 1);
        assertEquals(Verdict.GONE, OutputLock.judge(first, second, false, true, () -> false));
        assertEquals(Verdict.UNKNOWN, OutputLock.judge(first, new Owner(self.host(), 8, "now", "4712", 1), false, true,
                () -> false));
        assertEquals(Verdict.UNKNOWN, OutputLock.judge(second, new Owner("third", 8, "now", "4711", 1), false, true,
                () -> false));
    }

    @Test
    void aMountTellsItsTypeAndHowFarItsLocksReach() throws Exception {
        List<String> lines = List.of("/dev/sda / ext4 rw,relatime 0 0",
                "server:/home /home nfs4 rw,vers=4.2,local_lock=none 0 0",
                "server:/old /home/my\\040data nfs rw,nolock 0 0",
                "mgs@tcp:/projects /projects lustre rw,flock 0 0",
                "mgs@tcp:/scratch /scratch lustre rw,localflock 0 0");
        assertEquals(new Mount("ext4", Set.of("rw", "relatime")), Mount.among(lines, Path.of("/homes/a")));
        assertTrue(Mount.among(lines, Path.of("/home/a/b")).isNfs());
        assertTrue(Mount.among(lines, Path.of("/home/a/b")).locksReachOtherHosts());
        assertFalse(Mount.among(lines, Path.of("/home/my data/x")).locksReachOtherHosts());
        assertTrue(Mount.among(lines, Path.of("/projects/x")).locksReachOtherHosts());
        assertFalse(Mount.among(lines, Path.of("/scratch/x")).locksReachOtherHosts());
        assertFalse(Mount.among(lines, Path.of("/scratch/x")).isNfs());
        // That of coreutils has names of its own for some: df asks the kernel's table.
        String here = Tools.run(List.of("df", "--output=fstype", folder.toString())).lines().toList().getLast();
        assertEquals(here.strip(), Mount.of(folder).type());
    }
}
