package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private static final Operand DOUBLES = new Operand.Vector(Kind.DOUBLE);
    private static final Operand LONGS = new Operand.Vector(Kind.LONG);
    private static final Operand BOOLS = new Operand.Vector(Kind.BOOL);

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "-2**2; -4", "2**3**2; 512", "2.0**-1; 0.5", "-3 % 5; 2", "3 % -5; -2", "7 % 0; 0",
        "1 / 2; 0.5", "1 + 2 * 3; 7", "(1 + 2) * 3; 9", "10 - 3 - 2; 5", "1 << 3 + 1; 16",
        "1 << 64; 0", "1 << -1; 0", "-8 >> 70; -1", "5 & 3 | 8; 9", "~5; -6", "-5.5 % 3; 0.5",
        "5.5 % -3; -0.5", "where(1 < 2, 3, 4.5); 3.0", "9223372036854775807 + 1; -9223372036854775808",
        "abs(-3); 3", "sqrt(2.25); 1.5", "n + 1; 8", "2 * h; 0.5", "1 | 2 == 3; true", "1 < 2 & 3; true",
        "True + True; true", "True * False; false", "+3; 3", "--3; 3", "2 ** 0.5; 1.4142135623730951",
        "1e3; 1000.0", ".5; 0.5", "0x10; 16", "1 / 0; Infinity", "0 / 0; NaN", "pi; 3.141592653589793",
        "e; 2.718281828459045", "-5.0 % 0; NaN", "-1.0 % (1/0); Infinity", "not_a_slice; 1",
    })
    void constantsFollowPythonAndNumPy(String text, String expected) {
        Formula formula = Formula.of(text).parameter("n", 7).parameter("h", 0.25).parameter("not_a_slice", 1L);
        assertEquals(expected, one(formula));
    }

    private static String one(Formula formula) {
        Compiled compiled = formula.compile();
        MemorySegment out = Arena.ofAuto().allocate(8, 8);
        compiled.bind(new Arguments()).run(Memory.vector(out), 0, 1);
        return switch (compiled.kind()) {
            case BOOL -> Boolean.toString(out.get(ValueLayout.JAVA_BYTE, 0) != 0);
            case LONG -> Long.toString(out.get(ValueLayout.JAVA_LONG, 0));
            case DOUBLE -> Double.toString(out.get(ValueLayout.JAVA_DOUBLE, 0));
        };
    }

    @Test
    void formulasOverVectorsEqualThePlainLoopInEveryNotationAndRange() {
        int n = 1000 + 37;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = arena.allocate(n * 8L, 64);
            MemorySegment b = arena.allocate(n * 8L, 64);
            MemorySegment k = arena.allocate(n * 8L, 64);
            MemorySegment t = arena.allocate(n, 64);
            double[] expected = new double[n];
            for (int i = 0; i < n; i++) {
                double x = Math.sin(i) * 3;
                double y = Math.cos(3 * i);
                a.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x);
                b.setAtIndex(ValueLayout.JAVA_DOUBLE, i, y);
                k.setAtIndex(ValueLayout.JAVA_LONG, i, i - 500);
                t.set(ValueLayout.JAVA_BYTE, i, (byte) (i % 3 == 0 ? 1 : 0));
                double w = (i % 3 == 0) & x > y | i - 500 > 100 ? StrictMath.sin(x * y) : x / y;
                expected[i] = w + (i - 500) * 2.0 + (double) ((long) (i - 500) * (i - 500)) - Math.sqrt(Math.abs(x));
            }
            Formula formula = Formula.of("where(t & (a > b) | (k > 100), sin(a*b), a/b) + k*h + k**2 - sqrt(abs(a))")
                .operand("a", DOUBLES).operand("b", DOUBLES).operand("k", LONGS).operand("t", BOOLS)
                .parameter("h", 2.0);
            Arguments arguments = new Arguments().memory("a", Memory.vector(a)).memory("b", Memory.vector(b))
                .memory("k", Memory.vector(k)).memory("t", Memory.vector(t));
            for (boolean vectors : new boolean[] {true, false}) {
                Bound bound = formula.compile(false, vectors).bind(arguments);
                for (int cut : new int[] {0, 1, 7, 16, 500, n}) {
                    MemorySegment out = arena.allocate(n * 8L, 64);
                    bound.run(Memory.vector(out), 0, cut);
                    bound.run(Memory.vector(out), cut, n);
                    assertArrayEquals(expected, out.toArray(ValueLayout.JAVA_DOUBLE), 0.0);
                }
            }
        }
    }

    @Test
    void functionsAreStrictMathsAndVectorsChangeNothing() {
        try (Arena arena = Arena.ofConfined()) {
            Random random = new Random(3);
            TestData data = new TestData(arena, random);
            assertArrayEquals(data.evaluate(data.formula("log(a)").compile()),
                data.map(StrictMath::log));
            assertArrayEquals(data.evaluate(data.formula("sin(a)").compile()),
                data.map(StrictMath::sin));
            assertArrayEquals(data.evaluate(data.formula("exp(a)").compile()),
                data.map(StrictMath::exp));
            RandomFormulas formulas = new RandomFormulas(random);
            for (int f = 0; f < 100; f++) {
                String text = formulas.next();
                Compiled vectors = data.formula(text).compile();
                long[] expected = data.evaluate(data.formula(text).compileScalar());
                long[] found = data.evaluate(vectors);
                if (vectors.kind() == Kind.DOUBLE) {
                    for (int i = 0; i < found.length; i++) {
                        assertEquals(Double.longBitsToDouble(expected[i]), Double.longBitsToDouble(found[i]), text);
                    }
                } else {
                    assertArrayEquals(expected, found, text);
                }
            }
        }
    }

    @Test
    void commonSubexpressionsAreComputedOnceAndTheExplanationSaysSo() {
        Compiled compiled = Formula.of("a**2 + b**2 + 2*a*b + a**2").operand("a", DOUBLES).operand("b", DOUBLES)
            .compile();
        String text = compiled.explain();
        assertTrue(text.contains("operations  7 an element; 1 more were the same as another"), text);
        assertTrue(text.contains("temporaries 0 of"), text);
        assertTrue(text.contains("operand     a: float64 (n)"), text);
        assertTrue(text.contains("vectors0(Lghostrow/formula/Frame;JII)I"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "mean(seconds); seconds", "min(dx*sum); dx sum", "max (sum); sum", "max(max); max", "sum; sum", "2; ''",
        "where(count > 0, p[1:n], -all) + sin(count); count p n all", "sum(pi*r**2 + 1e3*e1); pi r e1",
    })
    void namesAreWhatNoParenthesisFollows(String text, String names) {
        assertEquals(names, String.join(" ", Formula.of(text).names()));
    }

    @Test
    void namesOfATextThatIsNoFormulaAreRefused() {
        assertThrows(FormulaException.class, () -> Formula.of("max(a b)").names());
        assertThrows(FormulaException.class, () -> Formula.of("a".repeat(Formula.LONGEST + 1)).names());
    }

    /** As the columns of a table may be. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "mean(seconds); 2.0", "min(dx*sum); -4.0", "max(sum); 8.0", "sum(sum); 3.0", "max(max); 5.0",
        "mean(mean - min); -2.0", "count(count); 2", "any(any > all); 1", "all(where(all == any, sin, product) < 9); 1",
        "sum(sum > 0); 1", "min( (min) ); 3.0", "max(sin(0*abs) + abs); 2.0",
    })
    void operandsMayBeCalledLikeFunctions(String text, String expected) {
        Map<String, double[]> columns = Map.ofEntries(Map.entry("seconds", new double[] {1, 2, 3}),
            Map.entry("dx", new double[] {0.5, 1, 2}), Map.entry("sum", new double[] {8, -4, -1}),
            Map.entry("min", new double[] {3, 4, 5}), Map.entry("max", new double[] {5, 4, 3}),
            Map.entry("mean", new double[] {1, 2, 3}), Map.entry("count", new double[] {1, 0, 3}),
            Map.entry("any", new double[] {1, 2, 3}), Map.entry("all", new double[] {3, 2, 1}),
            Map.entry("sin", new double[] {7, 8, 9}), Map.entry("product", new double[] {1, 1, 1}),
            Map.entry("abs", new double[] {-2, 2, 0}));
        try (Arena arena = Arena.ofConfined()) {
            Formula formula = Formula.of(text);
            Arguments arguments = new Arguments();
            columns.forEach((name, values) -> {
                formula.operand(name, new Operand.Vector(Kind.DOUBLE, values.length));
                arguments.memory(name, Memory.vector(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values)));
            });
            assertTrue(columns.keySet().containsAll(formula.names()));
            assertEquals(expected, formula.compileScalar().bind(arguments).reduce(3).toString());
        }
    }

    @Test
    void namesOfOperandsGoBeforeParametersAndConstants() {
        assertEquals("5.0", one(Formula.of("e").parameter("e", 5.0)));
        Formula formula = Formula.of("pi").operand("pi", new Operand.Scalar(Kind.LONG));
        MemorySegment out = Arena.ofAuto().allocate(8, 8);
        formula.compile().bind(new Arguments().scalar("pi", 3L)).run(Memory.vector(out), 0, 1);
        assertEquals(3, out.get(ValueLayout.JAVA_LONG, 0));
    }
}
