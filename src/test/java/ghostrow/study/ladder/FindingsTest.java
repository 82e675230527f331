package ghostrow.study.ladder;

import static ghostrow.study.ladder.Runs.BOXED;
import static ghostrow.study.ladder.Runs.PLAIN;
import static ghostrow.study.ladder.Runs.PROBLEM;
import static ghostrow.study.ladder.Runs.SKIP;
import static ghostrow.study.ladder.Runs.VECTOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.chart.Picture;
import ghostrow.study.Row;
import ghostrow.study.ladder.Findings.Line;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What is made of rows: the order, the ratios, scaled times, and what is no time at all. */
class FindingsTest {
    private static final double TINY = 1e-9;
    private static final Step INTERPRETED = BOXED.by(Mode.INTERPRETED);
    private static final Step THREADS = VECTOR.by(Mode.threads(2));

    @TempDir
    private Path folder;

    private Report report(List<Row> rows, Map<Step, String> absent, Step... steps) throws IOException {
        Book book = Book.open(folder, PROBLEM, false);
        book.add(rows);
        return new Report(PROBLEM, Findings.of(PROBLEM, List.of(steps), PLAIN, book, absent), Optional.empty(),
                book.rows());
    }

    private static List<String> names(Findings findings) {
        return findings.lines().stream().map(line -> line.step().name()).toList();
    }

    @Test
    void slowestFirstWithRatiosOfMedians() throws IOException {
        List<Row> rows = List.of(Runs.whole(VECTOR, 0.05), Runs.whole(PLAIN, 0.3), Runs.whole(PLAIN, 0.2),
                Runs.whole(PLAIN, 9), Runs.whole(BOXED, 3));
        Findings findings = report(rows, Map.of(), VECTOR, PLAIN, BOXED).findings();
        assertEquals(List.of("boxed", "plain", "vector"), names(findings));
        assertEquals(List.of(1.0, 10.0, 60.0), findings.lines().stream().map(Line::timesFirst)
                .map(times -> Math.rint(times * 1e6) / 1e6).toList());
        assertTrue(Double.isNaN(findings.lines().get(0).timesBefore()));
        assertEquals(6, findings.lines().get(2).timesBefore(), TINY);
    }

    @Test
    void aSmallCaseIsScaledByTheWorkThatWasDone() throws IOException {
        Report report = report(List.of(Runs.whole(PLAIN, 0.2), Runs.small(PLAIN, 0.01, 1.25),
                Runs.small(INTERPRETED, 5, 1.25)), Map.of(), PLAIN, INTERPRETED);
        Line slowest = report.findings().lines().getFirst();
        assertEquals(5 * 16 / 1.25, slowest.seconds(), TINY);
        assertTrue(slowest.timed().scaled() && slowest.timed().checked());
        assertFalse(report.findings().lines().getLast().timed().scaled());
        assertTrue(report.text().contains(
                "boxed, interpreted      ~64.0     1.00         -        75318  CPython 49\n"), report.text());
        assertTrue(report.text().contains("boxed, interpreted 125 x 126\n  points."), report.text());
        assertEquals("plain is about 320 times as fast as boxed, interpreted", report.sentence().orElseThrow());
    }

    /** A second goes by before the loops are compiled. */
    @Test
    void whatIsThereOnceIsNotScaled() throws IOException {
        Case sixteenth = PROBLEM.smaller(1 / 16.0);
        Case quarter = PROBLEM.smaller(1 / 4.0);
        List<Row> rows = List.of(Runs.whole(PLAIN, 0.2),
                Runs.row(BOXED, sixteenth, 2, "a", Map.of("evaluations", "" + Runs.WORK / 16)),
                Runs.row(BOXED, quarter, 5, "b", Map.of("evaluations", "" + Runs.WORK / 4)));
        Report report = report(rows, Map.of(), PLAIN, BOXED);
        assertEquals(17, report.findings().lines().getFirst().seconds(), TINY);
    }

    @Test
    void aWrongValueHasNoTimeAndNoPartInTheRatios() throws IOException {
        Row wrong = Runs.row(BOXED, PROBLEM.whole(), 100, "1148484 sum, 51414419 evaluations, 199933 escaped",
                Map.of());
        Report report = report(List.of(Runs.whole(PLAIN, 0.2), wrong, Runs.whole(VECTOR, 0.1)), Map.of(), BOXED, PLAIN,
                VECTOR);
        assertEquals(List.of("plain", "vector"), names(report.findings()));
        assertEquals(1, report.findings().lines().getFirst().timesFirst());
        assertTrue(report.text().contains("boxed                   WRONG"), report.text());
        assertTrue(report.text().contains("not 1148485"), report.text());
    }

    @Test
    void whoSkipsWorkIsNeverTheFastest() throws IOException {
        Row skipping = Runs.row(SKIP, PROBLEM.whole(), 0.01, Runs.RIGHT, Map.of("performed", "5296931"));
        Report report = report(List.of(Runs.whole(PLAIN, 0.2), skipping, Runs.whole(VECTOR, 0.1),
                Runs.whole(THREADS, 0.05)), Map.of(), PLAIN, SKIP, VECTOR, THREADS);
        assertEquals("skip", report.findings().lines().getLast().step().name());
        assertEquals("vector", report.findings().bestRung().orElseThrow().step().name());
        assertEquals("vector, 2 threads is 4.00 times as fast as plain", report.sentence().orElseThrow());
        assertTrue(report.text().contains("skip does not do all the work"), report.text());
    }

    /** Many threads or ranks are for what computes on the processor. */
    @Test
    void aDeviceMayBeTheFastestAndIsNoRungOfOneCore() throws IOException {
        Step gpu = Step.of("gpu", "on a GPU");
        Report report = report(List.of(Runs.whole(PLAIN, 0.2), Runs.whole(VECTOR, 0.1), Runs.whole(gpu, 0.01)),
                Map.of(), PLAIN, VECTOR, gpu);
        assertEquals("vector", report.findings().bestRung().orElseThrow().step().name());
        assertEquals("gpu is 20.0 times as fast as plain", report.sentence().orElseThrow());
        assertEquals(1, Charts.of(report).size());
        assertTrue(Step.of("gpu-array", "").onDevice() && !PLAIN.onDevice());
    }

    @Test
    void whatCannotRunIsAbsentForItsOwnReason() throws IOException {
        String reason = "--kernel c needs a C compiler, and there is none on PATH: neither cc, gcc nor clang was found";
        Step c = Step.of("c", "the loop as C");
        Report report = report(List.of(Runs.whole(PLAIN, 0.2)), Map.of(c, reason), c, PLAIN);
        assertEquals(List.of("plain"), names(report.findings()));
        assertTrue(report.text().contains("c                      absent\n  --kernel c needs a C compiler"),
                report.text());
    }

    @Test
    void theTableFitsATerminal() throws IOException {
        List<Row> rows = new ArrayList<>(List.of(Runs.whole(PLAIN, 0.000123456)));
        List<Step> steps = new ArrayList<>(List.of(PLAIN));
        for (Step step : List.of(BOXED, BOXED.by(Mode.INTERPRETED), VECTOR, SKIP, VECTOR.by(Mode.threads(128)),
                Step.of("blocked-array", "the same in pieces that fit a cache (--piece)"))) {
            steps.add(step);
            rows.add(Runs.small(step, 123456.789, 1));
        }
        Report report = report(rows, Map.of(), steps.toArray(Step[]::new));
        assertTrue(report.text().lines().allMatch(line -> line.length() <= 80), report.text());
    }

    @Test
    void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
        List<Row> rows = new ArrayList<>(List.of(Runs.whole(PLAIN, 0.2), Runs.whole(VECTOR, 0.1)));
        for (long size : Sweep.sizes(PROBLEM.points())) {
            rows.add(Runs.row(VECTOR, PROBLEM.shorter(0.1), 1.0 / size + size * 1e-6, "",
                    Map.of(Book.PIECE, "" + size)));
        }
        Report plain = report(rows, Map.of(), PLAIN, VECTOR);
        Book book = Book.open(folder, PROBLEM, false);
        Pieces pieces = PiecesTest.swept(book.pieces());
        Report report = new Report(PROBLEM, plain.findings(), Optional.of(pieces), book.rows());
        List<Picture> charts = Charts.of(report);
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(LadderPage.of(report, charts))));
        assertEquals(2, document.getElementsByTagName("svg").getLength());
        for (String other : List.of("script", "link", "img")) {
            assertEquals(0, document.getElementsByTagName(other).getLength());
        }
        // Rows of the sweep are no runs of the step.
        assertEquals(1, report.findings().lines().getLast().timed().runs());
    }
}
