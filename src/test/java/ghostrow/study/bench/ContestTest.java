package ghostrow.study.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.study.Spread;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContestTest {
    private static final Contender OURS = new Contender("ghostrow", true, List.of(), "");
    private static final Contender PEER = new Contender("peer", false, List.of(), "");

    private final Contest contest = new Contest(Case.stencil(10, 5, Path.of("scratch")), 2, List.of(OURS), List.of(PEER,
            new Contender("absent", false, List.of(), "gfortran")));

    private static Outcome outcome(double seconds, double sum, double max) {
        return new Outcome(seconds + 1, seconds, Map.of("sum", sum, "max", max), Optional.empty());
    }

    private String table() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Table.print(contest, new PrintStream(bytes));
        return bytes.toString();
    }

    @Test
    void aPeerWithAnotherMaximumIsShownAsWrongAndNotTimed() {
        contest.add(1, OURS, outcome(1, 10, 0.5));
        contest.add(1, PEER, outcome(2, 10, Math.nextUp(0.5)));
        assertEquals(Optional.empty(), contest.computing(PEER));
        assertFalse(contest.wants(PEER));
        assertTrue(table().contains("WRONG: max"), table());
    }

    @Test
    void aPeerThatDoesNotTellItsResultIsNamedAndNotTimed() {
        contest.add(1, OURS, outcome(1, 10, 0.5));
        contest.add(1, PEER, new Outcome(2, 1, Map.of("sum", 10.0, "middle", 0.25), Optional.empty()));
        assertEquals(Optional.empty(), contest.computing(PEER));
        assertTrue(table().contains("UNCHECKED: prints no max, expected 0.5"), table());
        contest.add(2, OURS, outcome(1, 10, 0.5));
        assertEquals(2, contest.runs(OURS));
    }

    @Test
    void aPeerThatTellsNothingIsNamedAndNotTimed() {
        contest.add(1, OURS, outcome(1, 10, 0.5));
        contest.add(1, PEER, new Outcome(2, 1, Map.of(), Optional.empty()));
        assertEquals(Optional.empty(), contest.computing(PEER));
        assertFalse(contest.wants(PEER));
        assertTrue(table().contains("UNCHECKED: prints no "), table());
    }

    @Test
    void aFieldsSumMustAgreeToTheBit() {
        contest.add(1, OURS, outcome(1, 10, 0.5));
        contest.add(1, PEER, outcome(2, Math.nextUp(10.0), 0.5));
        assertEquals(Optional.empty(), contest.computing(PEER));
        assertTrue(table().contains("WRONG: sum"), table());
    }

    @Test
    void sumsThatEverybodyAddsInAnotherOrderMayRoundDifferently() {
        Case expression = Case.all(true, Path.of("scratch")).stream()
                .filter(work -> work.workload().equals("expression")).findFirst().orElseThrow();
        assertEquals(Optional.empty(), expression.wrong(Map.of("sum", 10.0), Map.of("sum", Math.nextUp(10.0))));
        assertTrue(expression.wrong(Map.of("sum", 10.0), Map.of("sum", 10.1)).isPresent());
    }

    @Test
    void whatIsMissingIsNamedAndLeftOut() {
        assertTrue(table().contains("left out: no gfortran"), table());
    }

    @Test
    void mediansAreThoseOfTheRounds() {
        double[] seconds = {1, 3, 2};
        for (int round = 1; round <= seconds.length; round++) {
            contest.add(round, OURS, outcome(seconds[round - 1], 10, 0.5));
            contest.add(round, PEER, outcome(2 * seconds[round - 1], 10, 0.5));
        }
        assertEquals(new Spread(4, 2, 6), contest.computing(PEER).orElseThrow());
        assertTrue(table().lines().anyMatch(line -> line.matches(" +peer +4\\.000 +2\\.000-6\\.000 +2\\.00 +5\\.000"
                + " .*")), table());
        assertTrue(table().lines().allMatch(line -> line.length() <= 80), table());
    }

    @Test
    void aRatioIsTheMedianOfTheRoundsThatBothRanIn() {
        double[] ours = {1, 8, 2};
        double[] theirs = {2, 12, 6};
        for (int round = 1; round <= ours.length; round++) {
            contest.add(round, OURS, outcome(ours[round - 1], 10, 0.5));
            contest.add(round, PEER, outcome(theirs[round - 1], 10, 0.5));
        }
        contest.add(4, PEER, outcome(100, 10, 0.5));
        assertEquals(Optional.of(2.0), contest.ratio(PEER, Outcome::seconds));
        assertEquals(Optional.of(1.5), contest.ratio(PEER, Outcome::whole));
        assertTrue(table().contains("fastest peer by computing: 2.00 peer"), table());
        assertTrue(table().contains("fastest peer by process:   1.50 peer"), table());
    }

    @Test
    void everyRoundBeginsWithAnotherContender() {
        assertEquals(OURS, contest.order(1).getFirst());
        assertEquals(contest.contenders().size(), Stream.of(1, 2, 3).map(round -> contest.order(round).getFirst())
                .distinct().count());
        assertEquals(Set.copyOf(contest.contenders()), Set.copyOf(contest.order(2)));
    }

    @Test
    void theClosingTableBeginsWithWhatWasLost() {
        contest.add(1, OURS, outcome(1, 10, 0.5));
        contest.add(1, PEER, outcome(2, 10, 0.5));
        Contest lost = new Contest(Case.stencil(20, 5, Path.of("scratch")), 1, List.of(OURS), List.of(PEER));
        lost.add(1, OURS, outcome(2, 10, 0.5));
        lost.add(1, PEER, outcome(1, 10, 0.5));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Table.closing(List.of(contest, lost), new PrintStream(bytes));
        List<String> cases = bytes.toString().lines().filter(line -> line.contains("stencil-"))
                .map(line -> line.strip().split(" +")[0]).toList();
        assertEquals(List.of("stencil-20", "stencil-10"), cases);
        assertTrue(bytes.toString().contains("0.50 peer"), bytes.toString());
    }

    @Test
    void aRunIsReadFromWhatItPrints(@TempDir Path home) throws Exception {
        Contender echo = new Contender("echo", false, List.of("echo", "seconds", "0.5", "sum", "3.25"), "");
        Outcome pairs = Outcome.of(echo, List.of(), 10, home);
        assertEquals(0.5, pairs.seconds());
        assertEquals(Map.of("sum", 3.25), pairs.values());

        Contender record = new Contender("record", true, List.of("echo",
                "{\"sum\":1.5,\"phases\":{\"step\":2.0,\"exchange\":0.25,\"output\":9.0}}"), "");
        assertEquals(2.25, Outcome.of(record, List.of("step", "exchange", "wait"), 10, home).seconds());

        Contender endless = new Contender("endless", false, List.of("sleep", "60"), "");
        assertEquals(Optional.of("more than 0 s"), Outcome.of(endless, List.of(), 0.1, home).failure());
    }
}
