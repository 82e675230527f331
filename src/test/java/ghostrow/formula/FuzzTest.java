package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Whatever is typed gives a result or a FormulaException. {@code -Dghostrow.fuzz.cases=1000000} tries
 * more; {@code -Dghostrow.fuzz.seed} tries others.
 */
class FuzzTest {
    private static final int CASES = Integer.getInteger("ghostrow.fuzz.cases", 20_000);
    private static final long SEED = Long.getLong("ghostrow.fuzz.seed", 1L);

    /** Every formula is checked and planned; one in this many is generated, loaded and run as well. */
    private static final int RUN_ONE_IN = 20;

    private static final String[] WORDS = {
        "a", "b", "p", "x", "q", "t", "k", "n", "m", "pi", "e", "sin", "where", "sum", "product", "min(", "max",
        "mean(", "count(", "any", "all(", "sqrt", "arctan2",
        "abs", "log1p", "True", "1", "0", "2", "-1", "3.5", "1e308", "1e-320", "0x7f", "9223372036854775807",
        "99999999999999999999", "1.", ".5", "1e", "01", "+", "-", "*", "/", "**", "%", "<<", ">>", "<", "<=", "==",
        "!=", ">=", ">", "&", "|", "~", "(", ")", "[", "]", ":", ",", "(", ")", "//", "=", "^", "!", "and", "not",
        " ", "\n", "\t", "\0", "\u00e9", "\ud83d", "p[1:n+1, 0:m]", "p[:, 1:]", "q[1:-1]", "where(", "sin(",
    };

    private final Random random = new Random(SEED);
    private final RandomFormulas formulas = new RandomFormulas(random);

    @Test
    void anyTextGivesAResultOrACleanError() {
        AtomicReference<String> current = new AtomicReference<>("");
        assertTimeoutPreemptively(Duration.ofSeconds(30 + CASES / 500), () -> {
            int valid = 0;
            for (int i = 0; i < CASES; i++) {
                String text = text();
                current.set(text);
                try {
                    valid += evaluate(text) ? 1 : 0;
                } catch (Exception | StackOverflowError e) {
                    throw new AssertionError("case " + i + ": " + show(text), e);
                }
            }
            System.out.println("fuzz: " + CASES + " formulas, " + valid + " valid, seed " + SEED);
            assertTrue(valid > 0 && valid < CASES);
        }, () -> "hangs: " + show(current.get()));
    }

    private static String show(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "... (" + text.length() + ")" : text;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        switch (random.nextInt(6)) {
            case 0 -> words(text, random.nextInt(12));
            case 1 -> {
                for (int i = random.nextInt(20); i > 0; i--) {
                    text.append((char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : random.nextInt(32, 127)));
                }
            }
            case 2 -> text.append(valid());
            case 3 -> {
                if (random.nextInt(200) == 0) {
                    String word = WORDS[random.nextInt(WORDS.length)];
                    text.append(word.repeat(random.nextInt(Formula.LONGEST + 2000) / word.length()));
                } else {
                    words(text, random.nextInt(60));
                }
            }
            default -> {
                text.append(valid());
                for (int edits = random.nextInt(1, 4); edits > 0 && !text.isEmpty(); edits--) {
                    int at = random.nextInt(text.length());
                    switch (random.nextInt(4)) {
                        case 0 -> text.deleteCharAt(at);
                        case 1 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
                        case 2 -> text.setCharAt(at, (char) random.nextInt(32, 127));
                        default -> text.replace(at, Math.min(text.length(), at + random.nextInt(9)),
                            WORDS[random.nextInt(WORDS.length)]);
                    }
                }
            }
        }
        return text.toString();
    }

    private void words(StringBuilder text, int count) {
        for (int i = 0; i < count; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
    }

    private String valid() {
        return switch (random.nextInt(4)) {
            case 0 -> "p[2:n+2, 1:m+1] + p[0:n, 1:m+1] + p[1:n+1, 2:m+2] + p[1:n+1, 0:m] - 4*p[1:n+1, 1:m+1]";
            case 1 -> Reduction.values()[random.nextInt(1, Reduction.values().length)] + "(" + formulas.next() + ")";
            default -> formulas.next();
        };
    }

    private boolean evaluate(String text) {
        int length = 40;
        Formula formula = Formula.of(text)
            .operand("p", new Operand.Grid(Kind.DOUBLE, 7, 9)).operand("q", new Operand.Vector(Kind.DOUBLE, length))
            .operand("x", new Operand.Ramp()).operand("h", new Operand.Scalar(Kind.DOUBLE))
            .parameter("n", 5).parameter("m", 7);
        for (String name : new String[] {"a", "b", "c", "i", "j", "k", "s", "t"}) {
            formula.operand(name, new Operand.Vector(TestData.kind(name)));
        }
        try {
            if (random.nextInt(RUN_ONE_IN) == 0) {
                run(formula.compile(), length);
            } else {
                formula.check();
            }
            return true;
        } catch (FormulaException e) {
            assertFalse(e.getMessage().contains("\n"), e::getMessage);
            assertTrue(e.getMessage().length() < 250, e::getMessage);
            assertTrue(e.rendering().endsWith("^"));
            return false;
        }
    }

    private static void run(Compiled compiled, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(1024, 8);
            for (int i = 0; i < 1024; i++) {
                memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, i, (byte) (i * 37));
            }
            Arguments arguments = new Arguments().ramp("x", 0, 0.1).scalar("h", 0.5)
                .memory("p", Memory.grid(memory, 0, 9 * 8));
            for (String name : new String[] {"q", "a", "b", "c", "i", "j", "k", "s", "t"}) {
                arguments.memory(name, Memory.vector(memory));
            }
            Bound bound = compiled.bind(arguments);
            long range = switch (compiled.shape()) {
                case Shape.Plane plane -> plane.rows();
                case Shape.Line line when line.length() != Operand.Vector.ANY -> line.length();
                default -> length;
            };
            if (compiled.reduction() == Reduction.NONE) {
                MemorySegment out = arena.allocate(4096, 8);
                bound.run(new Memory(out, 0, 9 * 8), 0, range);
            } else {
                bound.reduce(range);
            }
            assertFalse(compiled.explain().isEmpty());
        }
    }
}
