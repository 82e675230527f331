package ghostrow.formula;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Prints the bits of many results; run with various JVM options, it must always print the same. */
public final class Bits {
    static final int LENGTH = 10 * Compiled.PIECE + 5;

    private Bits() {
    }

    public static void main(String[] arguments) {
        boolean vectors = Generator.hasVectors();
        System.err.println(vectors ? Vectors.WIDTH + " doubles a vector" : "no vectors");
        Compiled area = Formula.of("0.7*x**3 - 2*x**2 + 4").operand("x", new Operand.Ramp()).compileSum();
        int n = 12 * Compiled.PIECE + 77;
        for (double start : new double[] {0, -0.5}) {
            print("area from " + start, area.bind(new Arguments().ramp("x", start, 3.0 / n)).reduce(n));
        }
        String terms = "x";
        for (int k = 1; k < 40; k++) {
            terms += " + 2*x*" + 1.0 / k;
        }
        for (String text : new String[] {"exp(-x**2) - 2*x", "x", "4/(1 + x**2) + 8*x*x", terms}) {
            print(text, Formula.of(text).operand("x", new Operand.Ramp()).compileSum()
                .bind(new Arguments().ramp("x", 0, 1e-4)).reduce(40_077));
        }
        try (Arena arena = Arena.ofConfined()) {
            int length = LENGTH;
            Random random = new Random(8);
            MemorySegment a = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, numbers(random, length));
            for (String text : new String[] {"sum(a)", "sum(a*a - sin(a)/3)", "product(1 + a*1e-20)",
                "sum(where(a > 0, 1, 2))", "sum(a % 0.7)", "min(a)", "max(-abs(a) * (a > 0))", "min(a * 0.0)",
                "max(where(a > 1e12, 0/0, a))", "mean(a)", "mean(a > 0)", "count(a > 1)", "count(a % 0.5 - 0.25)",
                "any(a > 1e13)", "all(a < 1e13)"}) {
                Bound bound = Formula.of(text).operand("a", new Operand.Vector(Kind.DOUBLE)).compile()
                    .bind(new Arguments().memory("a", Memory.vector(a)));
                print(text, bound.reduce(length));
            }
            TestData data = new TestData(arena, random);
            for (String name : LargeFormulas.NAMES) {
                LargeFormulas large = LargeFormulas.of(name, 40);
                boolean ramp = large.operands().contains("x");
                print(name, large.formula().compile(true, vectors)
                    .bind(ramp ? new Arguments().ramp("x", -20, 1e-3) : data.arguments().memory("a", Memory.vector(a)))
                    .reduce(ramp ? 40_077 : TestData.LENGTH));
            }
            RandomFormulas formulas = new RandomFormulas(random);
            for (int f = 0; f < 60; f++) {
                String text = formulas.next();
                Compiled compiled = data.formula(text).compile();
                long digest = 0;
                for (long bits : data.evaluate(compiled)) {
                    boolean nan = compiled.kind() == Kind.DOUBLE && Double.isNaN(Double.longBitsToDouble(bits));
                    digest = digest * 31 + (nan ? 1 : bits);
                }
                print(text, digest);
            }
        }
    }

    static double[] numbers(Random random, int length) {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = random.nextGaussian() * Math.pow(2, random.nextInt(-40, 40));
        }
        return numbers;
    }

    private static void print(String text, Number value) {
        System.out.println(Long.toHexString(value instanceof Double d ? Double.doubleToRawLongBits(d)
            : value.longValue()) + " " + text);
    }
}
