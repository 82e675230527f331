package ghostrow.many;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed, and what cases and tasks become of it. */
class CasesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dx=0.1:0.2:0.02            | 0.1 0.12 0.14 0.16 0.18 0.2",
        "dx=0.1:0.2:0.03            | 0.1 0.13 0.16 0.19",
        "n=3:1:-1                   | 3 2 1",
        "n=8:10                     | 8 9 10",
        "n=1e3:3e3:1000             | 1000 2000 3000",
        "n=5:5:7                    | 5",
        "n=1,3:5,10                 | 1 3 4 5 10",
        "eps=1e-10,2e-10            | 1e-10 2e-10",
        "initial=where(x>0,1,0),x*y | where(x>0,1,0) x*y",
        "D=-1:1:0.5                 | -1 -0.5 0 0.5 1"})
    void rangesAreDecimalNumbersAndHoldBothEnds(String word, String values) {
        assertEquals(List.of(values.split(" ")), Vary.parse(word).values());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dx             | expected NAME=value,value or NAME=from:to:step",
        "=1             | expected NAME=value,value or NAME=from:to:step",
        "dx=            | a value is missing",
        "dx=1,,2        | a value is missing",
        "dx=1:2:0       | a step of 0 leads nowhere",
        "dx=1:2:-0.1    | no value lies between 1 and 2 by steps of -0.1; turn its sign",
        "dx=2:1:0.1     | no value lies between 2 and 1 by steps of 0.1; turn its sign",
        "n=2:1          | no value lies between 2 and 1 by steps of 1; swap the ends",
        "n=1:2:3:4      | 1:2:3:4 is not from:to:step",
        "n=1:two:1      | 'two' is not a number",
        "n=0:1:1e-9     | 1000000001 values; at most 10000000"})
    void whatIsNoRangeIsRefused(String word, String why) {
        String said = assertThrows(InputException.class, () -> Vary.parse(word)).getMessage();
        assertTrue(said.startsWith("--vary " + word + ": ") && said.contains(why), said);
    }

    @Test
    void combinationsHaveTheLastNameChangeFastest() {
        Cases cases = Cases.product(List.of(Vary.parse("a=1,2"), Vary.parse("b=x,y,z")));
        assertEquals(List.of("1x", "1y", "1z", "2x", "2y", "2z"), IntStream.range(0, cases.count())
                .mapToObj(item -> String.join("", cases.of().apply(item))).toList());
    }

    @Test
    void oneNameStandsForOneThing() {
        String said = assertThrows(InputException.class, () -> Cases.product(List.of(Vary.parse("a=1"), Vary.parse("a=2"))))
                .getMessage();
        assertEquals("--vary: a is there twice; give all its values at once", said);
    }

    @Test
    void productsThatNobodyCouldCountAreRefused() {
        List<Vary> many = List.of(Vary.parse("a=1:10000"), Vary.parse("b=1:10000"), Vary.parse("c=1:10000"));
        assertThrows(InputException.class, () -> Cases.product(many));
    }

    @Test
    void aTableHasACaseInEachLine() throws Exception {
        Path file = Files.writeString(folder.resolve("cases.csv"), "dx, initial\n0.1,\"where(x>0,1,0)\"\r\n0.2,x\n\n");
        Cases cases = Cases.table(file);
        assertEquals(List.of("dx", "initial"), cases.names());
        assertEquals(2, cases.count());
        assertEquals(List.of("0.1", "where(x>0,1,0)"), cases.of().apply(0));
        Files.writeString(file, "dx,D\n0.1,1\n0.2\n");
        assertTrue(assertThrows(InputException.class, () -> Cases.table(file)).getMessage()
                .contains("case 2: expected a value for each of dx, D; found 0.2"));
        Files.writeString(file, "dx\n");
        assertThrows(InputException.class, () -> Cases.table(file));
        assertThrows(InputException.class, () -> Cases.table(folder.resolve("none.csv")));
        assertThrows(InputException.class, () -> Cases.table(folder));
    }

    @Test
    void tasksKnowTheirLines() throws Exception {
        Path file = Files.write(folder.resolve("tasks"), "# all\n\necho a\r\n  echo b  \n#echo c\necho d"
                .getBytes(StandardCharsets.UTF_8));
        assertEquals(new Tasks(List.of("echo a", "echo b", "echo d"), List.of(3, 4, 6)), Tasks.read(file));
        Files.write(file, "echo a\necho \0 b\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(InputException.class, () -> Tasks.read(file)).getMessage().contains(file + ":2: holds a NUL"));
        Files.writeString(file, "# nothing\n");
        assertThrows(InputException.class, () -> Tasks.read(file));
        assertThrows(InputException.class, () -> Tasks.read(folder));
        assertThrows(InputException.class, () -> Tasks.read(folder.resolve("none")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "ghostrow auc 100          | ghostrow,auc,100",
        "a 'b c' \"d e\"f '' g     | a,b c,d ef,,g",
        "a 'b; c' d               | a,b; c,d",
        "a b;c                     |",
        "echo $HOME                |",
        "a > b                     |",
        "a; b                      |",
        "a 'b                      |",
        "a \"$b\"                  |",
        "A=1 b                     |",
        "a *                       |"})
    void onlyWhatNeedsNoShellIsPartedIntoWords(String line, String words) {
        Optional<List<String>> expected = words == null ? Optional.empty() : Optional.of(List.of(words.split(",", -1)));
        assertEquals(expected, ShellWords.of(line));
    }
}
