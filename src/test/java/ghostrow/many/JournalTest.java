package ghostrow.many;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been written to a journal is read again, whatever a crash has done to its end. */
class JournalTest {
    @TempDir
    private Path folder;

    private static Entry begun(int item, int start, int attempt) {
        return Entry.begun(item, start, 0, "here", attempt);
    }

    private static Entry done(int item, int start, int attempt) {
        return begun(item, start, attempt).ended(Outcome.done(0, Map.of("sum", 0.1 + item)), 0.5);
    }

    @Test
    void aLineComesBackAsItWas() {
        Entry entry = begun(3, 2, 1).ended(new Outcome(State.failed, 2, "said \"no\"\nüñ", Map.of("x", Double.MIN_VALUE, "name",
                "a,b", "yes", true)), 1.25);
        byte[] line = entry.line();
        assertEquals('\n', line[line.length - 1]);
        assertEquals(entry, Entry.parse(line, 0, line.length - 1).orElseThrow());
        Entry begun = begun(3, 2, 1);
        assertEquals(begun, Entry.parse(begun.line(), 0, begun.line().length - 1).orElseThrow());
    }

    @Test
    void noDamagedByteIsTakenForAnother() {
        byte[] line = done(3, 1, 1).line();
        for (int i = 0; i < line.length - 1; i++) {
            byte[] damaged = line.clone();
            damaged[i] ^= 4;
            assertTrue(Entry.parse(damaged, 0, line.length - 1).isEmpty(), "byte " + i);
            assertTrue(Entry.parse(line, 0, i).isEmpty(), "cut at " + i);
        }
    }

    @Test
    void whatIsCutOffIsLostAndNothingElse() throws Exception {
        Path part = folder.resolve("rank-0000.log");
        try (Journal journal = Journal.open(folder, 0)) {
            journal.add(done(0, 1, 1));
            journal.add(begun(1, 1, 1));
        }
        byte[] torn = Arrays.copyOf(done(1, 1, 1).line(), 40);
        Files.write(part, torn, StandardOpenOption.APPEND);
        Account before = new Account(folder, 3).refresh();
        assertEquals(State.running, before.state(1));
        try (Journal journal = Journal.open(folder, 0)) {
            journal.add(done(1, 2, 2));
        }
        Account account = new Account(folder, 3).refresh();
        assertEquals(List.of(State.done, State.done), List.of(account.state(0), account.state(1)));
        assertEquals(2, account.attempts(1));
        assertEquals(2, account.starts());
        assertEquals(0.1, account.of(0).orElseThrow().outcome().figures().get("sum"));
        assertEquals(2, account.count(State.done));
        // Who has looked before sees the same, in whatever pieces it came.
        assertEquals(account.state(1), before.refresh().state(1));
        assertEquals(0, before.count(State.running));
    }

    /** Parts are read in the order of ranks, which is not that of time. */
    @Test
    void theLatestAttemptCountsInWhicheverPartItIs() throws Exception {
        try (Journal last = Journal.open(folder, 0); Journal first = Journal.open(folder, 1)) {
            last.add(begun(0, 2, 2));
            first.add(done(1, 1, 1));
            first.add(begun(0, 1, 1));
            first.add(begun(0, 1, 1).ended(Outcome.failed(1, "no"), 1));
        }
        Account account = new Account(folder, 2).refresh();
        assertEquals(State.running, account.state(0));
        assertEquals(0, account.count(State.failed));
        assertEquals(1, account.over());
    }

    @Test
    void aFileOfNoiseSaysNothing() throws Exception {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        Files.write(folder.resolve("rank-0000.log"), noise);
        assertEquals(0, new Account(folder, 5).refresh().over());
    }

    /** Two workers, one of four pieces done in half a second, and a third of all that is expected to be done. */
    @Test
    void whatIsLeftIsToldByWhatTheCostsOfThisStartTook() throws Exception {
        try (Journal journal = Journal.open(folder, 0)) {
            journal.add(done(3, 1, 1));
            journal.add(done(0, 2, 1));
            journal.add(begun(1, 2, 1));
        }
        Standing standing = Standing.of(new Account(folder, 5).refresh(), new Depot.Start(2, 2, new double[] {1, 1, 0.5, 0, 0.5}));
        assertEquals(new Standing(5, 2, 0, 1, 1 / 3.0, 0.5), standing);
        assertEquals("2 of 5 cases, 1 running, 0:00:01 left", standing.inWords("case"));
    }

    /** The longest first, and nothing that is over. */
    @Test
    void aPlanDealsWhatIsLeftTheLongestFirst() throws Exception {
        try (Journal journal = Journal.open(folder, 0)) {
            journal.add(done(0, 1, 1));
            journal.add(begun(1, 1, 1).ended(Outcome.failed(1, "no"), 1));
            journal.add(begun(2, 1, 1));
        }
        Account account = new Account(folder, 5).refresh();
        double[] costs = {9, 9, 1, 3, 3};
        Plan plan = Plan.of(Plan.words(account, false), costs);
        assertEquals(2, plan.start());
        assertEquals(List.of(3, 4, 2), Arrays.stream(plan.order()).boxed().toList());
        assertEquals(1, plan.attempts()[2]);
        Plan again = Plan.of(Plan.words(account, true), costs);
        assertEquals(List.of(1, 3, 4, 2), Arrays.stream(again.order()).boxed().toList());
    }
}
