package ghostrow.gpu;

/**
 * Where a formula's elements lie in a device's memory: element i of a vector at {@code origin + i}, element (r, c) of a
 * grid at {@code origin + r * stride + c}. The origin may be negative, for a part that does not start with element 0.
 *
 * @param origin in elements, as the stride is
 */
public record Cells(Buffer buffer, long origin, long stride) {
    /** A part of a vector: the memory starts with the element of this index. */
    public static Cells part(Buffer buffer, long first) {
        return new Cells(buffer, -first, 0);
    }

    /** Some rows of a grid, one close behind the other: the memory starts with that row. */
    public static Cells rows(Buffer buffer, long first, long columns) {
        return new Cells(buffer, -first * columns, columns);
    }
}
