package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChecksTest {
    private final MemorySegment eight = Arena.ofAuto().allocate(8, 8);
    private final MemorySegment twelve = Arena.ofAuto().allocate(12, 8);
    private final MemorySegment sixteen = Arena.ofAuto().allocate(16, 8);

    @Test
    void everyRankAndNobodyIsAPeer() {
        assertDoesNotThrow(() -> Checks.peer(0, 3));
        assertDoesNotThrow(() -> Checks.peer(2, 3));
        assertDoesNotThrow(() -> Checks.peer(Comm.PROC_NULL, 3));
    }

    @Test
    void aPeerOutsideTheGroupIsNamed() {
        refuses("no rank 3 in a group of 3", () -> Checks.peer(3, 3));
        refuses("no rank -2 in a group of 3", () -> Checks.peer(-2, 3));
    }

    @Test
    void nobodyIsNoRoot() {
        assertDoesNotThrow(() -> Checks.root(2, 3));
        refuses("no root -1 in a group of 3", () -> Checks.root(Comm.PROC_NULL, 3));
        refuses("no root 3 in a group of 3", () -> Checks.root(3, 3));
    }

    @Test
    void aWindowHasAtLeastOneByte() {
        assertDoesNotThrow(() -> Checks.window(1));
        refuses("a window of 0 bytes; it has at least 1", () -> Checks.window(0));
    }

    @Test
    void tagsRunFromZeroToTheLargestThatMpiPromises() {
        assertDoesNotThrow(() -> Checks.tag(0));
        assertDoesNotThrow(() -> Checks.tag(32_767));
        refuses("tag -1 is outside 0..32767", () -> Checks.tag(-1));
        refuses("tag 32768 is outside 0..32767", () -> Checks.tag(32_768));
    }

    @Test
    void buffersLiveOutsideTheHeap() {
        assertDoesNotThrow(() -> Checks.buffer(eight));
        assertDoesNotThrow(() -> Checks.buffer(MemorySegment.NULL));
        refuses("messages live outside the Java heap; this buffer is a heap segment",
                () -> Checks.buffer(MemorySegment.ofArray(new double[1])));
    }

    @Test
    void aBlockingSendToOneselfIsRefused() {
        assertDoesNotThrow(() -> Checks.notSelf(1, 2));
        refuses("rank 2 cannot send to itself; use sendrecv or isend", () -> Checks.notSelf(2, 2));
    }

    @Test
    void aMessageIsCheckedInAllItsParts() {
        assertDoesNotThrow(() -> Checks.message(eight, 1, 5, 2));
        refuses("no rank 2 in a group of 2", () -> Checks.message(eight, 2, 5, 2));
        refuses("tag -5 is outside 0..32767", () -> Checks.message(eight, 1, -5, 2));
        assertThrows(CommException.class, () -> Checks.message(MemorySegment.ofArray(new byte[8]), 1, 5, 2));
    }

    @Test
    void reductionsTakeWholeElementsOfEqualCount() {
        assertDoesNotThrow(() -> Checks.reduction(sixteen, sixteen));
        refuses("a reduction takes whole elements of 8 bytes, not 12 bytes",
                () -> Checks.reduction(twelve, twelve));
        refuses("a reduction of 16 bytes into 8", () -> Checks.reduction(sixteen, eight));
    }

    @Test
    void gatheredPartsFillTheirPlaceExactly() {
        assertDoesNotThrow(() -> Checks.gathered(eight, twelve, new long[] {4, 8}, 1, 2));
        refuses("gatherv from 2 ranks needs as many lengths, not 3",
                () -> Checks.gathered(eight, twelve, new long[3], 1, 2));
        refuses("gatherv with a part of -4 bytes",
                () -> Checks.gathered(eight, twelve, new long[] {-4, 8}, 1, 2));
        refuses("rank 0 gathers 8 bytes, not 4",
                () -> Checks.gathered(eight, twelve, new long[] {4, 8}, 0, 2));
        refuses("gatherv of 12 bytes into 16",
                () -> Checks.gathered(eight, sixteen, new long[] {4, 8}, 1, 2));
    }

    private static void refuses(String message, Executable call) {
        assertEquals(message, assertThrows(CommException.class, call).getMessage());
    }
}
