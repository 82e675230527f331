package ghostrow.study.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.study.Level;
import ghostrow.study.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of a sweep over sizes of a piece. */
class PiecesTest {
    private static final List<Level> CACHES = List.of(new Level("L1", 32 << 10, 1), new Level("L2", 1 << 20, 1));

    static Pieces swept(List<Row> rows) {
        return Pieces.of(Runs.PROBLEM, rows, CACHES);
    }

    private static Row row(long size, double seconds) {
        return Runs.row(Runs.PLAIN, Runs.PROBLEM.shorter(0.1), seconds, "", Map.of(Book.PIECE, "" + size));
    }

    @Test
    void sizesAreDoubledUpToAllPoints() {
        assertEquals(List.of(256L, 512L, 1024L, 1500L), Sweep.sizes(1500));
        assertEquals(List.of(256L, 512L), Sweep.sizes(512));
        assertEquals(List.of(100L), Sweep.sizes(100));
    }

    @Test
    void aCacheIsFullWhenAllArraysOfAPieceFillIt() {
        Pieces pieces = swept(List.of(row(256, 3), row(512, 1), row(512, 5), row(512, 1.5), row(1024, 2)));
        assertEquals(32 * 1024 / (7 * 8.0), pieces.caches().getFirst().points());
        assertEquals(512, pieces.fastest());
        assertEquals(1.5, pieces.seconds().get(512L).median());
        String sentence = pieces.sentence(Runs.PROBLEM);
        assertTrue(sentence.startsWith("Pieces of 512 points take 1.50 s, of 256 points take 3.00 s, of 1024 points"),
                sentence);
        assertTrue(sentence.endsWith("585 points fill L1, 18725 points fill L2."), sentence);
    }
}
