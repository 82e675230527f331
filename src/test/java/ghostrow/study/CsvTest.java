package ghostrow.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.data.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows on their way to a file and back. */
class CsvTest {
    @TempDir
    private Path folder;

    @Test
    void cellsComeBackWhateverTheyHold() throws Exception {
        Path file = folder.resolve("study.csv");
        Row row = new Row(Map.of("a", "1,5", "b", "said \"yes\"", "c", "\"", "d", "two\nlines", "e", "plain"));
        Csv.open(file).add(row);
        Csv again = Csv.open(file);
        assertEquals(List.of(row), again.rows());
        again.add(new Row(Map.of("e", "later", "f", "new column")));
        assertEquals(row, Csv.open(file).rows().getFirst());
        assertEquals("new column", Csv.open(file).rows().getLast().text("f"));
    }

    @Test
    void aRecordIsFlattenedAndTheStudysOwnCellsWin() {
        Row row = Row.of(Map.of("ranks", "2"), (Map<?, ?>) Json.read(
                "{\"ranks\":1,\"phases\":{\"step\":0.1},\"environment\":{\"hosts\":[\"a\",\"b\"]}}"));
        assertEquals("2", row.text("ranks"));
        assertEquals(0.1, row.number("phases.step"));
        assertEquals("a b", row.text("environment.hosts"));
    }

    @Test
    void aTornFileIsRefusedByItsRow() throws Exception {
        Path file = Files.writeString(folder.resolve("study.csv"), "a,b\n1,2\n3\n");
        InputException refused = assertThrows(InputException.class, () -> Csv.open(file));
        assertTrue(refused.getMessage().contains("row 2: found 1 cells"), refused.getMessage());
    }
}
