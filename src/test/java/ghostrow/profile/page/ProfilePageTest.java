package ghostrow.profile.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a profile in a real browser: drawn, answering to mouse and keys, and alone with its file. */
class ProfilePageTest {
    private static final int LARGEST = 3_000_000;
    private static final List<String> CANVASES = List.of("#timeline", "#flame", "#map", "#messages");

    @TempDir
    private static Path folder;
    /** Ten seconds of four ranks. */
    private static Path large;
    /** One second of them, for what size does not change. */
    private static Path small;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        large = folder.resolve("large.html");
        small = folder.resolve("small.html");
        ProfilePage.write(MadeProfile.of(4, 3800), large);
        ProfilePage.write(MadeProfile.of(4, 400), small);
        browser = new Browser(folder);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void load() {
        browser.width(1280);
        browser.scheme("light");
        browser.load(small);
    }

    @Test
    void isOneFileOfModerateSize() throws Exception {
        assertTrue(Files.size(large) < LARGEST, Files.size(large) + " bytes");
        browser.load(large);
        assertEquals(List.of(large.toUri().toString()), browser.requests());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void everyViewIsDrawnInBothSchemesAndAtBothWidths() {
        browser.load(large);
        for (String scheme : List.of("light", "dark")) {
            for (int width : List.of(1280, 800)) {
                browser.scheme(scheme);
                browser.width(width);
                CANVASES.forEach(view -> assertTrue(colours(view) > 5, view + " is blank, " + scheme + ", " + width));
                assertEquals(4L, browser.evaluate("document.querySelectorAll('#memory svg .resident').length"));
                assertEquals((long) width, browser.evaluate("document.documentElement.scrollWidth"));
            }
        }
        assertEquals(List.of(), browser.complaints());
        assertEquals("summary timeline flame map functions lines memory messages", browser.evaluate(
                "[...document.querySelectorAll('main > section')].map(s => s.id).join(' ')"));
    }

    private static long colours(String view) {
        return (Long) browser.evaluate("(() => { const c = document.querySelector('" + view + " canvas');"
                + "const {data} = c.getContext('2d').getImageData(0, 0, c.width, c.height);"
                + "return new Set(new Uint32Array(data.buffer).filter((_, i) => i % 7 === 0)).size; })()");
    }

    @Test
    void schemesDiffer() {
        Object light = browser.evaluate("document.querySelector('#flame canvas').toDataURL()");
        browser.scheme("dark");
        assertFalse(light.equals(browser.evaluate("document.querySelector('#flame canvas').toDataURL()")));
    }

    @Test
    void aClickZoomsTheFlameGraphAndEscapeGoesBack() {
        String before = text("#flame .crumbs");
        assertTrue(before.startsWith("Everything"), before);
        browser.click("#flame canvas", 0.2, 3 * 19 + 9);
        assertTrue(text("#flame .crumbs").startsWith("Everything › Ghostrow.main › Job.run › Diffusion.run "),
                text("#flame .crumbs"));
        assertEquals(text("#flame .crumbs"), text("#map .crumbs"));
        browser.key("Escape");
        assertEquals(before, text("#flame .crumbs"));
    }

    @Test
    void keysWalkTheFlameGraph() {
        browser.evaluate("document.querySelector('#flame canvas').focus()");
        List.of("ArrowDown", "ArrowDown", "Enter").forEach(browser::key);
        String crumbs = text("#flame .crumbs");
        assertTrue(crumbs.startsWith("Everything › Ghostrow.main › Job.run "), crumbs);
    }

    @Test
    void searchMarksFunctionsAndSaysTheirShare() {
        browser.key("/");
        browser.evaluate("document.activeElement.id === 'search' || fail()");
        "rowstep".chars().forEach(c -> browser.key(Character.toString(c)));
        assertEquals("RowStep", text("#functions mark"));
        assertTrue(text("#flame output").matches("1 function matches “rowstep”: 60\u00a0% of the time.*"),
                text("#flame output"));
        browser.key("Escape");
        assertEquals("", text("#flame output"));
    }

    @Test
    void theRankPickerChangesTheTable() {
        String all = text("#functions [data-own]");
        browser.evaluate("(() => { const p = document.getElementById('rank'); p.value = 2;"
                + "p.dispatchEvent(new Event('change')); })()");
        browser.settle();
        assertEquals("16.9\u00a0s", all);
        assertEquals("4.59\u00a0s", text("#functions [data-own]"));
        assertTrue(text("#functions .status").contains("of rank 2"), text("#functions .status"));
    }

    @Test
    void theTableSortsByItsHeads() {
        String first = text("#functions td.name");
        browser.evaluate("document.querySelector('#functions th button').click()");
        String byName = text("#functions td.name");
        browser.evaluate("document.querySelector('#functions th button').click()");
        assertEquals("ghostrow.kernel.RowStep.four", first);
        assertTrue(byName.compareTo(text("#functions td.name")) < 0, byName);
    }

    @Test
    void boxesAreTimeOrBytes() {
        browser.evaluate("document.querySelector('#map [data-value=alloc]').click()");
        assertTrue(text("#flame .crumbs").matches("Everything [\\d.]+\u00a0MiB, 100\u00a0%"), text("#flame .crumbs"));
        assertEquals("true", browser.evaluate("document.querySelector('#flame [data-value=alloc]').ariaPressed"));
    }

    @Test
    void theTimelineZoomsByClickAndByKeys() {
        String whole = text("#timeline .status");
        browser.click("#timeline canvas", 0.5, 24 + 10);
        String closer = text("#timeline .status");
        assertTrue(whole.startsWith("The whole ") && !closer.startsWith("The whole "), whole + closer);
        browser.key("+");
        assertFalse(closer.equals(text("#timeline .status")));
        browser.key("0");
        assertEquals(whole, text("#timeline .status"));
    }

    @Test
    void aHostileNameIsText() {
        assertEquals(0L, browser.evaluate("document.querySelectorAll('main b b, td b').length"));
        assertEquals(true, browser.evaluate("[...document.querySelectorAll('#functions td.name')]"
                + ".some(td => td.textContent === '" + MadeProfile.HOSTILE.replace("/", "\\/") + "')"));
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        Path bare = folder.resolve("bare.html");
        ProfilePage.write(Map.of("ranks", 2, "missing", Map.of("lines", "Lines need --profile=lines.")), bare);
        browser.load(bare);
        assertEquals(List.of(), browser.complaints());
        assertEquals("Lines need --profile=lines.", text("#lines .none"));
        assertEquals("summary timeline tree tree functions lines memory messages waits mpi", browser.evaluate(
                "[...document.querySelectorAll('.none')].map(p => p.dataset.missing).join(' ')"));
    }

    private static String text(String selector) {
        return (String) browser.evaluate("document.querySelector('" + selector + "').textContent");
    }
}
