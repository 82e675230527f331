package ghostrow.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 80 columns, and shades for those who see them and want them. */
class PageTest {
    private static final String LONG =
            "        next.set(i, first(i).times(second(i)).plus(third(i)).times(fourth(i + 1)));";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void longLinesAreBrokenAndGoOnFurtherRight() {
        page(false).costed(Cost.CALL, "  12  ", LONG);
        assertEquals("""
                3   12          next.set(i, first(i).times(second(i)).plus(third(i))
                3                       .times(fourth(i + 1)));
                """, written());
    }

    @Test
    void whatHasNoPlaceToBreakIsBrokenAnywhere() {
        page(false).text("x".repeat(200));
        assertTrue(written().lines().allMatch(line -> line.length() <= 80), written());
        assertEquals(200, written().replace("\n", "").length());
    }

    @Test
    void dearLinesAreShadedToTheEdge() {
        page(true).costed(Cost.OBJECT, "", "new");
        page(true).costed(Cost.NOTHING, "", "}");
        assertEquals("\u001B[38;5;16;48;5;214m4 new" + " ".repeat(75) + "\u001B[0m\n  }\n", written());
    }

    @Test
    void noShadesAgainstTheUsersWill() {
        assertTrue(Page.wanted(Map.of("TERM", "xterm")));
        assertFalse(Page.wanted(Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertFalse(Page.wanted(Map.of("TERM", "dumb")));
        assertFalse(Page.wanted(Map.of()));
    }

    private Page page(boolean shades) {
        return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), shades);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
