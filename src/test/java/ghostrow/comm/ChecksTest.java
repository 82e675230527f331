package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import ghostrow.comm.CommException.ErrorClass;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
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
        assertDoesNotThrow(() -> Checks.outgoing(eight, 1, 5, 2));
        refuses("no rank 2 in a group of 2", () -> Checks.outgoing(eight, 2, 5, 2));
        refuses("no rank -2 in a group of 2", () -> Checks.outgoing(eight, Comm.ANY_SOURCE, 5, 2));
        refuses("tag -5 is outside 0..32767", () -> Checks.outgoing(eight, 1, -5, 2));
        refuses("tag -1 is outside 0..32767", () -> Checks.outgoing(eight, 1, Comm.ANY_TAG, 2));
        assertThrows(CommException.class, () -> Checks.outgoing(MemorySegment.ofArray(new byte[8]), 1, 5, 2));
    }

    @Test
    void whoReceivesMayLeaveOpenFromWhom() {
        assertDoesNotThrow(() -> Checks.incoming(eight, Comm.ANY_SOURCE, Comm.ANY_TAG, 2));
        refuses("no rank -3 in a group of 2", () -> Checks.incoming(eight, -3, 5, 2));
        refuses("tag -2 is outside 0..32767", () -> Checks.incoming(eight, 0, -2, 2));
        assertDoesNotThrow(() -> Checks.wildcard(eight, Comm.ANY_SOURCE, 5, 8));
        assertDoesNotThrow(() -> Checks.wildcard(sixteen, 0, 5, 8));
        refuses("a receive of 16 bytes from any rank or of any tag; 8 at most go in one piece here: name both, or offer "
                + "less room", () -> Checks.wildcard(sixteen, 0, Comm.ANY_TAG, 8));
    }

    @Test
    void reductionsTakeWholeElementsOfEqualCount() {
        assertDoesNotThrow(() -> Checks.reduction(Op.SUM, Type.LONG, sixteen, sixteen));
        assertDoesNotThrow(() -> Checks.reduction(Op.SUM, Type.INT, twelve, twelve));
        assertDoesNotThrow(() -> Checks.reduction(Op.MINLOC, Type.DOUBLE, sixteen, sixteen));
        refuses("a reduction takes whole elements of 8 bytes, not 12 bytes",
                () -> Checks.reduction(Op.SUM, Type.DOUBLE, twelve, twelve));
        refuses("a reduction takes whole pairs of 16 bytes, not 8 bytes",
                () -> Checks.reduction(Op.MAXLOC, Type.LONG, eight, eight));
        refuses("a reduction of 16 bytes into 8", () -> Checks.reduction(Op.MIN, Type.LONG, sixteen, eight));
    }

    @Test
    void fractionsHaveNoBits() {
        for (Op op : List.of(Op.LAND, Op.LOR, Op.LXOR, Op.BAND, Op.BOR, Op.BXOR)) {
            refuses(op + " of DOUBLE; it is for whole numbers",
                    () -> Checks.reduction(op, Type.DOUBLE, eight, eight));
            assertDoesNotThrow(() -> Checks.reduction(op, Type.BYTE, eight, eight));
        }
    }

    @Test
    void partsFillTheirPlaceExactly() {
        assertDoesNotThrow(() -> Checks.gathered(eight, twelve, new long[] {4, 8}, 1, 2));
        refuses("gatherv among 2 ranks needs as many lengths, not 3",
                () -> Checks.gathered(eight, twelve, new long[3], 1, 2));
        refuses("gatherv with a part of -4 bytes",
                () -> Checks.gathered(eight, twelve, new long[] {-4, 8}, 1, 2));
        refuses("rank 0's part of a gatherv has 8 bytes, not 4",
                () -> Checks.gathered(eight, twelve, new long[] {4, 8}, 0, 2));
        refuses("gatherv of 12 bytes, but of 16 in memory",
                () -> Checks.gathered(eight, sixteen, new long[] {4, 8}, 1, 2));
        refuses("gather of 2 parts of 8 bytes, and 12 in all", () -> Checks.equal("gather", eight, twelve, 2));
        refuses("alltoall of 16 bytes, which are not 3 equal parts", () -> Checks.divides("alltoall", sixteen, 3));
        refuses("alltoall from memory into the same memory",
                () -> Checks.apart("alltoall", sixteen, sixteen.asSlice(8)));
    }

    @Test
    void aRefusalSaysOfWhatClassItIs() {
        assertEquals(ErrorClass.RANK, assertThrows(CommException.class, () -> Checks.peer(7, 2)).errorClass());
        assertEquals(ErrorClass.TAG, assertThrows(CommException.class, () -> Checks.tag(-1)).errorClass());
        assertEquals(ErrorClass.ROOT, assertThrows(CommException.class, () -> Checks.root(2, 2)).errorClass());
    }

    private static void refuses(String message, Executable call) {
        assertEquals(message, assertThrows(CommException.class, call).getMessage());
    }
}
