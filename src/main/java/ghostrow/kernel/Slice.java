package ghostrow.kernel;

/**
 * A rectangle of numbers inside an array, with arithmetic on all of it at once, as NumPy has it. To make a slice copies
 * nothing; every operation walks from end to end through what it is given, and leaves an array of its own.
 *
 * @param start  of its first number
 * @param stride from a row to the next
 * @param passing whether it is a result in the middle of a formula: its array is free once it has been used
 * @param arrays where results come from and go back to
 */
record Slice(double[] data, int start, int stride, int rows, int columns, boolean passing, FreeArrays arrays) {

    /** A rectangle with an array of its own, which holds anything. */
    static Slice of(int rows, int columns, FreeArrays arrays) {
        return new Slice(arrays.take(rows * columns), 0, columns, rows, columns, true, arrays);
    }

    /** All but the rim, moved by so many rows down and columns to the right. */
    Slice inner(int down, int right) {
        return new Slice(data, start + (1 + down) * stride + 1 + right, stride, rows - 2, columns - 2, false, arrays);
    }

    Slice plus(Slice other) {
        Slice out = of(rows, columns, arrays);
        for (int r = 0; r < rows; r++) {
            int a = start + r * stride;
            int b = other.start + r * other.stride;
            int o = r * columns;
            for (int c = 0; c < columns; c++) {
                out.data[o + c] = data[a + c] + other.data[b + c];
            }
        }
        used();
        other.used();
        return out;
    }

    Slice minus(Slice other) {
        Slice out = of(rows, columns, arrays);
        for (int r = 0; r < rows; r++) {
            int a = start + r * stride;
            int b = other.start + r * other.stride;
            int o = r * columns;
            for (int c = 0; c < columns; c++) {
                out.data[o + c] = data[a + c] - other.data[b + c];
            }
        }
        used();
        other.used();
        return out;
    }

    /** Every number as many times. */
    Slice times(double factor) {
        Slice out = of(rows, columns, arrays);
        for (int r = 0; r < rows; r++) {
            int a = start + r * stride;
            int o = r * columns;
            for (int c = 0; c < columns; c++) {
                out.data[o + c] = factor * data[a + c];
            }
        }
        used();
        return out;
    }

    /** Used for the last time. */
    void used() {
        if (passing) {
            arrays.give(data);
        }
    }
}
