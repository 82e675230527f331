package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Rows are dealt without gaps, evenly, and the odd ones to the first. */
class StripTest {

    @Test
    void theFirstRanksTakeTheRowsThatDoNotDivide() {
        assertEquals(new Strip(0, 4, 11), Strip.of(11, 3, 0));
        assertEquals(new Strip(4, 4, 11), Strip.of(11, 3, 1));
        assertEquals(new Strip(8, 3, 11), Strip.of(11, 3, 2));
    }

    @Test
    void anySplitCoversEveryRowOnce() {
        for (long total = 0; total < 60; total++) {
            for (int parts = 1; parts < 40; parts++) {
                long next = 0;
                for (int part = 0; part < parts; part++) {
                    Strip strip = Strip.of(total, parts, part);
                    assertEquals(next, strip.offset());
                    assertTrue(strip.count() == total / parts || strip.count() == total / parts + 1);
                    next += strip.count();
                }
                assertEquals(total, next);
            }
        }
    }

    @Test
    void theThinnestIsTheLast() {
        for (int parts = 1; parts < 40; parts++) {
            assertEquals(Strip.of(100, parts, parts - 1).count(), Strip.thinnest(100, parts));
        }
    }

    @Test
    void moreRowsThanAnIntCanCountAreDealtToo() {
        long total = (1L << 40) + 5;
        assertEquals(total, Strip.of(total, 7, 6).offset() + Strip.of(total, 7, 6).count());
    }
}
