package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTest {
    private static Formula formula(String text) {
        return Formula.of(text)
            .operand("a", new Operand.Vector(Kind.DOUBLE)).operand("k", new Operand.Vector(Kind.LONG))
            .operand("t", new Operand.Vector(Kind.BOOL)).operand("u", new Operand.Vector(Kind.DOUBLE, 10))
            .operand("p", new Operand.Grid(Kind.DOUBLE, 6, 8)).operand("density", new Operand.Vector(Kind.DOUBLE))
            .operand("x", new Operand.Ramp()).parameter("n", 4).parameter("h", 0.5);
    }

    private static FormulaException refused(String text) {
        return assertThrows(FormulaException.class, () -> formula(text).compile());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '\u0001', value = {
        "denisty + 1 @ 0 @ unknown name 'denisty'; did you mean 'density'?",
        "1 + snh(a) @ 4 @ unknown function 'snh'; did you mean 'sinh'?",
        "a + zebra @ 4 @ unknown name 'zebra'",
        "a(2) @ 0 @ 'a' is not a function; write * to multiply",
        "sin + 1 @ 0 @ 'sin' is a function; write sin(...)",
        "sin(a, a) @ 0 @ sin() takes 1 argument, found 2",
        "where(t, a) @ 0 @ where() takes 3 arguments, found 2",
        "sum() @ 0 @ sum() takes 1 argument, found 0",
        "min() @ 0 @ min() takes 1 argument, found 0",
        "max(a, k) @ 0 @ max() takes 1 argument, found 2",
        "abs(max(a)) @ 4 @ 'max' must be the outermost operation of the formula",
        "count + 1 @ 0 @ 'count' is a function; write count(...)",
        "maen(a) @ 0 @ unknown function 'maen'; did you mean 'mean'?",
        "any(-t) @ 4 @ '-' of a bool; 'not' is written ~",
        "max(u[5:5]) @ 0 @ max() needs at least one element, and there is none",
        "min(p[1:2, 3:3]) @ 0 @ min() needs at least one element, and there is none",
        "1 + sum(a) @ 4 @ 'sum' must be the outermost operation of the formula",
        "where(a, 1, 2) @ 6 @ the condition of where() is bool, this is float64; compare it with something",
        "a & t @ 2 @ '&' takes bool or int64, not float64 and bool; put comparisons in parentheses",
        "a << 2 @ 2 @ '<<' takes bool or int64, not float64 and int64",
        "~a @ 0 @ '~' takes bool or int64, this is float64",
        "-t @ 0 @ '-' of a bool; 'not' is written ~",
        "t - t @ 2 @ '-' of two bools; 'differ' is written !=",
        "k**-1 @ 1 @ an integer to a negative power is no integer; write the base with a point",
        "1 < a < 2 @ 6 @ a chain of comparisons is ambiguous; write (a < b) & (b < c)",
        "a // 2 @ 2 @ there is no operator '//'; '/' is true division",
        "a ^ 2 @ 2 @ unknown character '^'; a power is written **",
        "a $ 2 @ 2 @ unknown character '$'",
        "a +  @ 3 @ expected a number, a name or '(', found the end of the formula",
        "a 2 @ 2 @ expected an operator or the end, found '2'",
        "a and t @ 2 @ there is no 'and'; write & and put both sides in parentheses",
        "(a @ 2 @ expected ')' to close the '(' at column 1, found the end of the formula",
        "a) @ 1 @ ')' without '('",
        "2x @ 1 @ a number ends in 'x'; put an operator between the number and what follows",
        "99999999999999999999 @ 0 @ 99999999999999999999 does not fit in 64 bits; write it with a point to compute"
            + " in doubles",
        "p + a @ 2 @ shapes (6, 8) and (n) do not match",
        "p[1:3] + p[1:4] @ 7 @ shapes (2, 8) and (3, 8) do not match",
        "p[1:2, 1:2, 1:2] @ 0 @ 'p' has 2 axes, the slice 3",
        "p[h:2] @ 2 @ a slice is bounded by integers and integer parameters, this is float64",
        "p[k:2] @ 2 @ a slice is bounded by integers and integer parameters, this is int64",
        "p[1] @ 3 @ a slice is written low:high (for the one row i write i:i+1), found ']'",
        "p[1:6:2] @ 5 @ a slice has no step; write low:high",
        "(p + 1)[1:2] @ 7 @ only an operand can be sliced",
        "a[1:2] @ 0 @ 'a' cannot be sliced; its length is not known",
        "x[1:2] @ 0 @ 'x' cannot be sliced; only operands in memory can",
        "__import__('os') @ 11 @ unknown character '''",
        "a.length @ 1 @ unknown character '.'",
    })
    void errorsNameThePlaceAndTheWayOut(String text, int position, String message) {
        FormulaException error = refused(text);
        assertEquals(message, error.getMessage());
        assertEquals(position, error.position());
    }

    @Test
    void renderingPutsACaretUnderThePlace() {
        assertEquals("unknown name 'b'\n    a*a + b*3\n          ^", refused("a*a + b*3").rendering()
            .replaceAll("; did you mean.*", ""));
        assertEquals("unknown name 'oops'\n      + oops\n        ^", refused("a\n  + oops").rendering());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void anEmptyTextIsRefused(String text) {
        assertEquals("the formula is empty", refused(text).getMessage());
    }

    @Test
    void nestingDeeperThanTwoHundredIsRefused() {
        formula("(".repeat(200) + "a" + ")".repeat(200)).compile();
        String message = "nested deeper than 200 levels";
        assertEquals(message, refused("(".repeat(201) + "a" + ")".repeat(201)).getMessage());
        assertEquals(message, refused("(".repeat(65_536)).getMessage());
        assertEquals(message, refused("-".repeat(65_535) + "a").getMessage());
        assertEquals(message, refused("a**".repeat(20_000) + "a").getMessage());
        assertEquals(message, refused("sin(".repeat(16_000)).getMessage());
        assertEquals(message, refused("p[".repeat(16_000)).getMessage());
    }

    @Test
    void aTextOfSixtyFourKibibytesWorksAndOneMoreCharacterIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = arena.allocate(64, 8);
            MemorySegment out = arena.allocate(64, 8);
            for (int i = 0; i < 8; i++) {
                a.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
            }
            Arguments arguments = new Arguments().memory("a", Memory.vector(a));
            for (String sign : new String[] {"+", "%"}) {
                String text = "a" + (sign + "a").repeat(32_767) + " ";
                assertEquals(Formula.LONGEST, text.length());
                Compiled compiled = Formula.of(text).operand("a", new Operand.Vector(Kind.DOUBLE)).compile();
                compiled.bind(arguments).run(Memory.vector(out), 0, 8);
                assertEquals(sign.equals("+") ? 3.0 * 32_768 : 0.0, out.getAtIndex(ValueLayout.JAVA_DOUBLE, 3));
                assertTrue(compiled.explain().length() < 1_000_000);
                assertTrue(refused(text + " ").getMessage().startsWith("the formula has 65537 characters"));
            }
        }
    }

    @Test
    void anIntegerToANegativePowerFoundAtRunTimeIsAFormulaError() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment k = arena.allocate(64, 8);
            k.setAtIndex(ValueLayout.JAVA_LONG, 5, -3);
            Bound bound = Formula.of("2**k").operand("k", new Operand.Vector(Kind.LONG)).compile()
                .bind(new Arguments().memory("k", Memory.vector(k)));
            assertThrows(FormulaException.class, () -> bound.run(Memory.vector(arena.allocate(64, 8)), 0, 8));
        }
    }

    /** Sizes whose bytes are 0, or few, modulo 2^64. */
    @Test
    void extentsThatNoMemoryHasAreRefused() {
        try (Arena arena = Arena.ofConfined()) {
            Memory small = Memory.grid(arena.allocate(64, 8), 0, 1L << 61);
            for (long columns : new long[] {1L << 61, (1L << 61) + 8, 1L << 60, Long.MAX_VALUE}) {
                Bound wide = Formula.of("p + 1").operand("p", new Operand.Grid(Kind.DOUBLE, 1, columns)).compile()
                    .bind(new Arguments().memory("p", small));
                assertThrows(IllegalArgumentException.class, () -> wide.run(small, 0, 1), columns + " columns");
            }
            Bound high = Formula.of("p + 1").operand("p", new Operand.Grid(Kind.DOUBLE, 17, 8)).compile()
                .bind(new Arguments().memory("p", small));
            assertThrows(IllegalArgumentException.class, () -> high.run(small, 0, 17));
            Bound vector = Formula.of("a + 1").operand("a", new Operand.Vector(Kind.DOUBLE)).compile()
                .bind(new Arguments().memory("a", small));
            assertThrows(IllegalArgumentException.class, () -> vector.run(small, 0, 1L << 61));
        }
    }

    @Test
    void memoryThatIsTooShortIsRefusedBeforeAnythingRuns() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = arena.allocate(64, 8);
            Compiled compiled = Formula.of("a + 1").operand("a", new Operand.Vector(Kind.DOUBLE)).compile();
            Bound bound = compiled.bind(new Arguments().memory("a", Memory.vector(a)));
            assertThrows(IllegalArgumentException.class, () -> bound.run(Memory.vector(arena.allocate(128, 8)), 0, 9));
            assertThrows(IllegalArgumentException.class, () -> bound.run(Memory.vector(arena.allocate(56, 8)), 0, 8));
            assertThrows(IllegalArgumentException.class, () -> compiled.bind(new Arguments()));
        }
    }
}
