package ghostrow.grid;

/**
 * The rows of the grid that one rank owns: neighbouring rows, as evenly dealt as whole rows can be. The rows that
 * do not divide go to the first ranks, one each.
 *
 * @param offset how many rows lie in strips above this one
 * @param count  how many rows this strip has
 * @param total  how many rows the grid has
 */
public record Strip(long offset, long count, long total) {

    /** Part {@code part} of {@code parts}: ranks of a grid, or threads of a strip. */
    public static Strip of(long total, int parts, int part) {
        long even = total / parts;
        long left = total % parts;
        return new Strip(part * even + Math.min(part, left), even + (part < left ? 1 : 0), total);
    }

    /** The rows of the thinnest strip, which limits how deep ghost rows may be. */
    public static long thinnest(long total, int parts) {
        return total / parts;
    }
}
