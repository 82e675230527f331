package ghostrow.study.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.study.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a ladder from one start to the next. */
class BookTest {
    @TempDir
    private Path folder;

    @Test
    void rowsComeBackAndTellWhatIsDone() throws Exception {
        Row small = Runs.small(Runs.BOXED, 5, 1);
        Row forOthers = Runs.row(Runs.PLAIN, Runs.PROBLEM.whole(), 0.2, Runs.RIGHT, Map.of(Book.FOR, "comparison"));
        Book.open(folder, Runs.PROBLEM, false).add(List.of(small, forOthers));
        Book book = Book.open(folder, Runs.PROBLEM, false);
        assertEquals(List.of(small, forOthers), book.rows());
        assertTrue(book.has(Runs.BOXED, false));
        assertFalse(book.has(Runs.BOXED, true), "there is no whole run");
        assertFalse(book.has(Runs.PLAIN, false), "it was run for the comparison alone");
        assertEquals(Runs.RIGHT, book.value(Runs.PLAIN, Runs.PROBLEM.whole().name()).orElseThrow());
    }

    @Test
    void anotherLadderIsRefusedAndBeginsAnewByForce() throws Exception {
        Book.open(folder, Runs.PROBLEM, false).add(List.of(Runs.whole(Runs.PLAIN, 0.2)));
        Problem other = new Escapes(500, 1000, List.of());
        InputException refused = assertThrows(InputException.class, () -> Book.open(folder, other, false));
        assertTrue(refused.getMessage().contains("holds the ladder of 'mandelbrot 1000 1000', not of "
                + "'mandelbrot 500 1000': choose another --out"), refused.getMessage());
        assertEquals(List.of(), Book.open(folder, other, true).rows());
        assertEquals(1, Book.open(folder, Runs.PROBLEM, false).rows().size(), "nothing goes before there is a new row");
    }

    @Test
    void aFolderIsMadeWithTheFirstRow() throws Exception {
        Path later = folder.resolve("later");
        Book book = Book.open(later, Runs.PROBLEM, false);
        assertFalse(Files.exists(later));
        book.add(List.of(Runs.whole(Runs.PLAIN, 0.2)));
        assertTrue(Files.exists(Book.file(later)));
        assertThrows(InputException.class, () -> Book.open(Book.file(later), Runs.PROBLEM, false));
    }
}
