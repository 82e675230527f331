package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final long MANY = 3L << 31;

    @Test
    void piecesLieSideBySideAndTheLastIsShorter() {
        MemorySegment message = MemorySegment.ofAddress(4096).reinterpret(100);
        Pieces pieces = new Pieces(40);
        assertEquals(List.of(4096L, 4136L, 4176L), pieces.of(message).stream().map(MemorySegment::address).toList());
        assertEquals(List.of(40L, 40L, 20L), pieces.of(message).stream().map(MemorySegment::byteSize).toList());
        assertTrue(pieces.cuts(message));
        assertEquals(3, pieces.count(100));
        assertEquals(40, pieces.next(100));
        assertEquals(20, pieces.next(20));
    }

    @Test
    void whatFitsIsNotCut() {
        MemorySegment message = Arena.ofAuto().allocate(40);
        assertEquals(List.of(message), new Pieces(40).of(message));
        assertFalse(new Pieces(40).cuts(message));
    }

    @Test
    void anEmptyMessageIsOnePiece() {
        assertEquals(List.of(0L), new Pieces(40).of(Arena.ofAuto().allocate(0)).stream()
                .map(MemorySegment::byteSize).toList());
        assertEquals(1, new Pieces(40).count(0));
    }

    @Test
    void piecesHoldWholeElements() {
        assertEquals(40, new Pieces(47).longest());
    }

    @Test
    void lengthsBeyondAnIntAreCounted() {
        assertEquals(6, new Pieces(1L << 30).count(MANY));
        assertEquals(1 << 30, new Pieces(1L << 30).next(MANY));
    }

    @Test
    void lengthsThatCutElementsOrCannotBeCountedAreRefused() {
        for (long wanted : new long[] {4, 0, -8, 1L << 31}) {
            assertEquals("ghostrow.chunkBytes is " + wanted + ", not between 8 and 2147483647",
                    assertThrows(IllegalArgumentException.class, () -> new Pieces(wanted)).getMessage());
        }
    }
}
