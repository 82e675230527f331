package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Json;
import ghostrow.study.Row;
import ghostrow.study.Spread;
import ghostrow.study.scale.Summary.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a table is made of: rows of records of both kinds, those that tell stepping from the rest and older ones. */
class SummaryTest {
    private static final double TINY = 1e-12;

    /** A run of Jacobi on 100 x 100 cells, 50 steps, as its record says it. */
    private static Row row(int ranks, double seconds, String more) {
        Map<String, String> asked = new LinkedHashMap<>(Map.of("study", "strong", "app", "jacobi", "arguments",
                "--size 100 --steps 50", "ranks", "" + ranks, "threads", "1", "host.cores", "2"));
        return Row.of(asked, (Map<?, ?>) Json.read("{\"seconds\":" + seconds + ",\"n\":100,\"steps\":50" + more + "}"));
    }

    private static Row row(int ranks, double seconds) {
        return row(ranks, seconds, ",\"startSeconds\":0.2,\"closingSeconds\":0.1,\"wholeSeconds\":" + (seconds + 0.3)
                + ",\"phases\":{\"step\":" + 0.75 * seconds + ",\"wait\":" + 0.25 * seconds + "},\"phasesOverRanks\":"
                + "{\"step\":{\"min\":1.0,\"mean\":2.0,\"max\":2.5}}");
    }

    private static Row seen(Row row, String wall) {
        Map<String, String> cells = new HashMap<>(row.cells());
        cells.put("wall", wall);
        return new Row(cells);
    }

    @Test
    void aRecordThatTellsSteppingFromTheRestIsShownWhole() {
        List<Line> lines = Summary.of(List.of(row(1, 4), row(2, 2))).lines();
        Line two = lines.getLast();
        assertEquals(2, two.seconds().median());
        assertEquals(2.3, two.whole(), TINY);
        assertEquals(0.25, two.part("wait"), TINY);
        assertEquals(1.25, two.imbalance(), TINY);
        assertEquals(2, two.speedUp().median(), TINY);
        assertEquals(100 * 100 * 50 / 2.0 / 2, two.rate(), TINY);
        assertEquals(Map.of("start", 0.2, "closing", 0.1), two.around());
    }

    @Test
    void theJobIsAsLongAsItWasSeenFromOutside() {
        assertEquals(9.5, Summary.of(List.of(seen(row(1, 4), "9.5"))).lines().getFirst().whole());
    }

    @Test
    void whatAnOlderRecordDoesNotSayIsMissingInTheTables() {
        Row old = row(1, 4, ",\"phases\":{\"step\":3.0,\"sum\":1.0},\"imbalance\":1.5");
        Line line = Summary.of(List.of(old)).lines().getFirst();
        assertEquals(1.5, line.imbalance());
        assertEquals(Map.of(), line.around());
        Report report = new Report(Summary.of(List.of(old)));
        assertEquals(List.of("1 x 1", "4.000", "4.000", "4.000", "-", "1.00", "1.00-1.00", "100 %"),
                report.times().rows().getFirst());
        assertEquals(List.of("1 x 1", "-", "-", "-", "-", "1.50", "0.1", "-"), report.causes().rows().getFirst());
        String both = String.join(" ", new Report(Summary.of(List.of(old, row(2, 2)))).notes());
        assertTrue(both.contains("1 of these records are of an earlier version"), both);
    }

    /** 10 % of the base and 10 % of the point, neither of which knows of the other. */
    @Test
    void theRangeOfASpeedUpHoldsThatOfItsBase() {
        Spread range = Summary.ratio(1, new Spread(10, 9, 11), new Spread(5, 5, 5));
        assertEquals(2, range.median(), TINY);
        assertEquals(1.8, range.low(), TINY);
        assertEquals(2.2, range.high(), TINY);
        Spread both = Summary.ratio(1, new Spread(10, 9, 11), new Spread(5, 4, 6));
        assertEquals(9.0 / 6, both.low(), TINY);
        assertEquals(11.0 / 4, both.high(), TINY);
    }

    @Test
    void theBaseHasItsOwnRangeOnce() {
        Line base = Summary.of(List.of(row(1, 4), row(1, 5), row(1, 8))).lines().getFirst();
        assertEquals(5.0 / 8, base.speedUp().low(), TINY);
        assertEquals(5.0 / 4, base.speedUp().high(), TINY);
    }

    @Test
    void runsThatAreTooShortAreNamedWithWhatWouldDo() {
        List<Row> rows = new ArrayList<>(List.of(row(1, 1.1), row(2, 0.5)));
        String notes = String.join(" ", new Report(Summary.of(rows)).notes());
        assertTrue(notes.contains("TOO SHORT TO BE BELIEVED: 2 x 1 stepped"), notes);
        assertTrue(notes.contains("Long enough would be --steps 120."), notes);
        String enough = String.join(" ", new Report(Summary.of(List.of(row(1, 2), row(2, 1)))).notes());
        assertFalse(enough.contains("TOO SHORT"), enough);
    }

    @Test
    void everyWorkloadSaysWhatMakesItLonger() {
        Row row = new Row(Map.ofEntries(Map.entry("ranks", "4"), Map.entry("threads", "1"), Map.entry("n", "1000"),
                Map.entry("steps", "1000"), Map.entry("dt", "0.001"), Map.entry("width", "2000"),
                Map.entry("maxiter", "500"), Map.entry("points", "4000000"), Map.entry("arguments", "")));
        assertEquals("--steps 12000", Workload.JACOBI.longer(row, false, 10));
        assertEquals("--set runtime=12", Workload.DIFFUSION.longer(row, false, 10));
        assertEquals("mandelbrot 7600 500", Workload.MANDELBROT.longer(row, false, 10));
        assertEquals("auc 48000000", Workload.AUC.longer(row, false, 10));
        // What a study is told is the problem of one worker.
        assertEquals("--steps 12000", Workload.JACOBI.longer(row, true, 10));
        assertEquals("--set runtime=48", Workload.DIFFUSION.longer(row, true, 10));
        assertEquals("mandelbrot 3800 500", Workload.MANDELBROT.longer(row, true, 10));
        assertEquals("auc 12000000", Workload.AUC.longer(row, true, 10));
    }

    @Test
    void whatSettlesIsMadeLargerNotLonger() {
        Row row = new Row(Map.of("ranks", "1", "threads", "1", "n", "1000", "steps", "70", "arguments",
                "--tolerance 1e-3"));
        assertEquals("--size 2400", Workload.JACOBI.longer(row, false, 4));
    }
}
