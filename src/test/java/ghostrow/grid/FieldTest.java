package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** A field lies in memory as kernels, messages and files expect it. */
class FieldTest {
    private static final int[] WIDTHS = {1, 2, 7, 8, 61, 299, 488, 495, 496, 504, 512, 1000, 4096};

    @Test
    void columnOneOfEveryRowBeginsACacheLine() {
        try (Arena arena = Arena.ofConfined()) {
            for (int columns : WIDTHS) {
                for (int ghosts : new int[] {1, 2, 5, 16}) {
                    Field field = new Field(Strip.of(5, 1, 0), columns, ghosts, arena);
                    for (long row = 1 - ghosts; row <= 5 + ghosts; row++) {
                        assertEquals(0, field.row(row).address() % 64, columns + " columns, row " + row);
                    }
                    assertEquals(8L * columns, field.row(1).byteSize());
                }
            }
        }
    }

    @Test
    void noStrideIsAMultipleOfAPage() {
        try (Arena arena = Arena.ofConfined()) {
            for (int columns = 1; columns < 2100; columns++) {
                Field field = new Field(Strip.of(1, 1, 0), columns, 1, arena);
                assertNotEquals(0, field.strideBytes() % 4096, columns + " columns");
            }
        }
    }

    @Test
    void everyCellHasItsOwnPlaceAndStartsAsZero() {
        try (Arena arena = Arena.ofConfined()) {
            for (int columns : WIDTHS) {
                Field field = new Field(Strip.of(6, 1, 0), columns, 3, arena);
                for (long row = -2; row <= 9; row++) {
                    for (long column = 0; column <= columns + 1; column++) {
                        assertEquals(0.0, field.get(row, column));
                        field.set(row, column, row * 10_000 + column);
                    }
                }
                for (long row = -2; row <= 9; row++) {
                    for (long column = 0; column <= columns + 1; column++) {
                        assertEquals(row * 10_000 + column, field.get(row, column));
                    }
                }
                assertEquals(10_001, field.cells().getAtIndex(ValueLayout.JAVA_DOUBLE, 0));
                assertEquals(20_001, field.cells().get(ValueLayout.JAVA_DOUBLE, field.strideBytes()));
            }
        }
    }

    @Test
    void largeFieldsAreZeroedAndAlignedAndGivenBack() {
        for (int turn = 0; turn < 20; turn++) {
            try (Arena arena = Arena.ofShared()) {
                Field field = new Field(Strip.of(3000, 1, 0), 3000, 16, arena);
                assertEquals(0, field.row(1).address() % 64);
                for (long row = -15; row <= 3016; row += 500) {
                    assertEquals(0.0, field.get(row, 1500));
                    field.set(row, 1500, 1);
                }
            }
        }
    }

    @Test
    void itsBytesAreKnownBeforehand() {
        try (Arena arena = Arena.ofConfined()) {
            Field field = new Field(Strip.of(20, 2, 1), 61, 4, arena);
            assertEquals(Field.bytes(10, 61, 4), field.rows().cells().byteSize());
        }
        assertThrows(ArithmeticException.class, () -> Field.bytes(1L << 31, 1L << 31, 1));
    }

    @Test
    void kernelsLearnWhereTheDomainEnds() {
        try (Arena arena = Arena.ofConfined()) {
            Field middle = new Field(Strip.of(31, 3, 1), 10, 2, arena);
            assertEquals(-10, middle.rows().lowest());
            assertEquals(20, middle.rows().highest());
        }
    }
}
