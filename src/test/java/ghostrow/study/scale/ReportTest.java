package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.chart.Picture;
import ghostrow.study.Csv;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What is made of a stored study: 15 runs of Jacobi on 1, 2 and 4 ranks of a busy machine with 2 cores. */
class ReportTest {
    @TempDir
    private Path folder;

    private static Report report() throws IOException {
        return new Report(Summary.of(Csv.open(
                Path.of("src/test/resources/ghostrow/study/scale/strong.csv")).rows()));
    }

    @Test
    void theTableHasALineForEachSettingAndFitsATerminal() throws IOException {
        String text = report().text();
        assertEquals(List.of("1 x 1", "2 x 1", "4 x 1"), report().times().rows().stream().map(List::getFirst).toList());
        assertEquals(List.of("2 x 1", "3.646", "2.897", "4.129", "-", "0.50", "0.32-1.16", "25 %"),
                report().times().rows().get(1));
        assertEquals(List.of("2 x 1", "3.026", "23 %", "-", "0 %", "-", "219.4", "-"), report().causes().rows().get(1));
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    }

    @Test
    void oversubscribedPointsAreNamed() throws IOException {
        String notes = String.join(" ", report().notes());
        assertTrue(notes.contains("oversubscribe the machine's 2 physical cores: 4 x 1"), notes);
        assertTrue(notes.contains("these records are of an earlier version"), notes);
        assertTrue(notes.contains("same bits"), notes);
        assertTrue(String.join(" ", report().findings()).contains("must not be carried to larger ones"));
    }

    @Test
    void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
        String page = ReportPage.of(report(), ReportCharts.of(report()));
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));
        assertEquals(4, document.getElementsByTagName("svg").getLength());
        assertEquals(0, document.getElementsByTagName("script").getLength());
        assertEquals(0, document.getElementsByTagName("link").getLength());
        assertEquals(0, document.getElementsByTagName("img").getLength());
    }

    @Test
    void chartsAreWrittenAsPictures() throws IOException {
        for (Picture chart : ReportCharts.of(report())) {
            Path file = folder.resolve(chart.name() + ".png");
            chart.writePng(file);
            assertTrue(ImageIO.read(file.toFile()).getWidth() > 500 && Files.size(file) > 5000, file.toString());
        }
    }
}
