package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;

/** Functions of C that take fewer parameters than the shape they are called in, ints among them. */
class CFunctionTest {

    private static MemorySegment function(String name) {
        return Linker.nativeLinker().defaultLookup().findOrThrow(name);
    }

    @Test
    void anIntIsALongWithItsSign() {
        MethodHandle abs = CFunction.link(function("abs"));
        assertEquals(5, CFunction.call(abs, -5, 0, 0, 0, 0, 0, 0, 0));
        assertEquals(Integer.MAX_VALUE, CFunction.call(abs, -Integer.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void addressesAndNumbersArriveInBothShapes() {
        try (Arena arena = Arena.ofConfined()) {
            long one = arena.allocateFrom("ghost").address();
            long other = arena.allocateFrom("ghosts").address();
            MethodHandle few = CFunction.link(function("strncmp"));
            MethodHandle many = CFunction.linkLong(function("strncmp"));
            for (int length = 0; length <= 5; length++) {
                assertEquals(0, CFunction.call(few, one, other, length, 0, 0, 0, 0, 0));
                assertEquals(0, CFunction.call(many, one, other, length, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            }
            assertEquals(-1, Integer.signum(CFunction.call(few, one, other, 6, 0, 0, 0, 0, 0)));
            assertEquals(-1, Integer.signum(CFunction.call(many, one, other, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
        }
    }
}
