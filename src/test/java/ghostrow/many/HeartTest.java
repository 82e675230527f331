package ghostrow.many;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who counts on is there, and who has left is missed by nobody. */
class HeartTest {
    private static final int LONG = 100;

    @TempDir
    private Path folder;

    @Test
    void aRankThatCountsOnIsNeverMissed() throws Exception {
        Heart first = new Heart(folder, 0, 3);
        Heart second = new Heart(folder, 1, 3);
        try (Heart third = new Heart(folder, 2, 3)) {
            for (int look = 0; look < LONG; look++) {
                first.beat();
                second.beat();
                third.beat();
                assertEquals(Optional.empty(), first.look());
                assertEquals(Optional.empty(), third.look());
            }
        }
        // The third has left.
        for (int look = 0; look < LONG; look++) {
            second.beat();
            assertEquals(Optional.empty(), first.look());
        }
    }

    @Test
    void theFirstMissesAnyAndTheOthersTheFirst() throws Exception {
        Heart first = new Heart(folder, 0, 3);
        Heart second = new Heart(folder, 1, 3);
        Heart third = new Heart(folder, 2, 3);
        first.beat();
        second.beat();
        third.beat();
        Optional<String> lost = Optional.empty();
        int looks = 0;
        for (; lost.isEmpty() && looks < LONG; looks++) {
            third.beat();
            lost = first.look();
        }
        assertTrue(lost.orElseThrow().startsWith("rank 1 has not been heard of for 180 s"), lost.toString());
        assertEquals(19, looks);
        for (lost = Optional.empty(); lost.isEmpty();) {
            lost = third.look();
        }
        assertTrue(lost.get().startsWith("rank 0 has not been heard of"), lost.get());
    }
}
