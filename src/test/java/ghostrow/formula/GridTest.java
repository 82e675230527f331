package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    private static final String LAPLACIAN =
        "p[2:n+2, 1:m+1] + p[0:n, 1:m+1] + p[1:n+1, 2:m+2] + p[1:n+1, 0:m] - 4*p[1:n+1, 1:m+1]";

    /** A grid with a zero boundary around n x m points, its rows padded by a few doubles. */
    private record Padded(MemorySegment memory, int n, int m, int stride) {
        static Padded of(Arena arena, int n, int m, int padding) {
            int stride = m + 2 + padding;
            return new Padded(arena.allocate((n + 2L) * stride * 8, 64), n, m, stride);
        }

        double get(int row, int column) {
            return memory.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) row * stride + column);
        }

        void set(int row, int column, double value) {
            memory.setAtIndex(ValueLayout.JAVA_DOUBLE, (long) row * stride + column, value);
        }

        Memory all() {
            return Memory.grid(memory, 0, stride * 8L);
        }

        Memory interior() {
            return Memory.grid(memory, (stride + 1) * 8L, stride * 8L);
        }
    }

    @Test
    void slicesMayLieInMemoryOfTheirOwn() {
        Compiled compiled = Formula.of("p[:2] - p[-2:] + p[1:3, :]").operand("p", new Operand.Grid(Kind.DOUBLE, 1000, 3))
            .operand("unread", new Operand.Grid(Kind.DOUBLE, 1, 1)).compile();
        assertArrayEquals(new long[] {0, 1, 998}, compiled.shifts("p"));
        assertArrayEquals(new long[0], compiled.shifts("unread"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment top = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            MemorySegment bottom = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 10, 20, 30, 40, 50, 60);
            Memory topRows = Memory.grid(top, 0, 24);
            MemorySegment out = arena.allocate(48, 8);
            compiled.bind(new Arguments().memory("p", 0, topRows).memory("p", 1, topRows)
                .memory("p", 998, Memory.grid(bottom, -998 * 24, 24))).run(Memory.grid(out, 0, 24), 0, 2);
            assertArrayEquals(new double[] {1 - 10 + 4, 2 - 20 + 5, 3 - 30 + 6, 4 - 40 + 7, 5 - 50 + 8, 6 - 60 + 9},
                out.toArray(ValueLayout.JAVA_DOUBLE));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 8", "20, 13", "37, 299", "5, 9001"})
    void laplacianEqualsThePlainLoopForEveryRangeOfRows(int n, int m) {
        try (Arena arena = Arena.ofConfined()) {
            Padded p = Padded.of(arena, n, m, 3);
            Padded expected = Padded.of(arena, n, m, 5);
            Random random = new Random(n);
            for (int i = 1; i <= n; i++) {
                for (int j = 1; j <= m; j++) {
                    p.set(i, j, random.nextGaussian());
                }
            }
            for (int i = 1; i <= n; i++) {
                for (int j = 1; j <= m; j++) {
                    expected.set(i, j, p.get(i + 1, j) + p.get(i - 1, j) + p.get(i, j + 1) + p.get(i, j - 1)
                        - 4 * p.get(i, j));
                }
            }
            Bound bound = Formula.of(LAPLACIAN).operand("p", new Operand.Grid(Kind.DOUBLE, n + 2, m + 2))
                .parameter("n", n).parameter("m", m).compile().bind(new Arguments().memory("p", p.all()));
            for (int cut = 0; cut <= n; cut += Math.max(1, n / 3)) {
                Padded out = Padded.of(arena, n, m, 5);
                bound.run(out.interior(), cut, n);
                bound.run(out.interior(), 0, cut);
                assertArrayEquals(expected.memory.toArray(ValueLayout.JAVA_LONG),
                    out.memory.toArray(ValueLayout.JAVA_LONG));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "p; 6; 8; 0", "p[1:3]; 2; 8; 8", "p[:, 1:]; 6; 7; 1", "p[-2:, :-1]; 2; 7; 32", "p[2:100, 3:4]; 4; 1; 19",
        "p[n:n+1, m-1:m+1]; 1; 2; 34", "p[4:2]; 0; 8; 0", "p[-100:2]; 2; 8; 0",
    })
    void slicesAreCutAsPythonCuts(String text, long rows, long columns, double first) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment p = arena.allocate(6 * 8 * 8, 8);
            for (int i = 0; i < 48; i++) {
                p.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
            }
            Compiled compiled = Formula.of(text).operand("p", new Operand.Grid(Kind.DOUBLE, 6, 8))
                .parameter("n", 4).parameter("m", 3).compile();
            assertEquals(new Shape.Plane(rows, columns), compiled.shape());
            MemorySegment out = arena.allocate(6 * 8 * 8, 8);
            compiled.bind(new Arguments().memory("p", Memory.grid(p, 0, 64)))
                .run(Memory.grid(out, 0, columns * 8), 0, rows);
            assertEquals(first, out.get(ValueLayout.JAVA_DOUBLE, 0));
            assertEquals(rows == 0 ? 0 : (long) first + (rows - 1) * 8 + columns - 1,
                rows == 0 ? 0 : out.getAtIndex(ValueLayout.JAVA_DOUBLE, rows * columns - 1));
        }
    }

    @Test
    void vectorsOfKnownLengthCanBeSliced() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment u = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 4, 9, 16, 25);
            Compiled compiled = Formula.of("u[1:] - u[:-1]").operand("u", new Operand.Vector(Kind.DOUBLE, 5)).compile();
            MemorySegment out = arena.allocate(32, 8);
            compiled.bind(new Arguments().memory("u", Memory.vector(u))).run(Memory.vector(out), 0, 4);
            assertArrayEquals(new double[] {3, 5, 7, 9}, out.toArray(ValueLayout.JAVA_DOUBLE));
        }
    }

    /** A rank that holds rows 10 to 19 of a large grid, alone, as its whole segment. */
    @Test
    void aRankSeesItsRowsUnderTheirOwnNumbers() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocate(10 * 4 * 8, 8);
            for (int i = 0; i < 40; i++) {
                mine.setAtIndex(ValueLayout.JAVA_DOUBLE, i, 40 + i);
            }
            MemorySegment out = arena.allocate(10 * 4 * 8, 8);
            Formula.of("p + y").operand("p", new Operand.Grid(Kind.DOUBLE, 1_000_000_000_000L, 4))
                .operand("y", new Operand.Scalar(Kind.DOUBLE)).compile()
                .bind(new Arguments().memory("p", Memory.grid(mine, -10 * 32, 32)).scalar("y", 0.5))
                .run(Memory.grid(out, -10 * 32, 32), 10, 20);
            assertEquals(40.5, out.getAtIndex(ValueLayout.JAVA_DOUBLE, 0));
            assertEquals(79.5, out.getAtIndex(ValueLayout.JAVA_DOUBLE, 39));
        }
    }
}
