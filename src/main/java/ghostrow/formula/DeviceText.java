package ghostrow.formula;

import java.util.List;

/**
 * A formula as a kernel in OpenCL C, which computes a range of its elements (of a reduction the terms, which
 * {@link Compiled#folding} reduces). They are those of {@link Compiled} to the bit, NaNs counting as one, if nothing
 * fuses a multiplication with an addition. One item computes one element. The arguments, in this order:
 * <pre>
 *   a vector     long first, long count,
 *                TYPE *out, long outAt,                       element i lies at out[outAt + i]
 *                TYPE *in0_a, long at0, ...                   the same for each place that is read
 *                TYPE in1_s, double start2, double step2 ...  each number: one a scalar, two a ramp
 *
 *   a grid       long first, long rows, long columns,
 *                TYPE *out, long outAt, long outStride,       element (r, c) at out[outAt + r * outStride + c]
 *                TYPE *in0_p, long at0, long stride0, ...
 *                TYPE in1_s ...
 * </pre>
 * Global dimension 0 counts the elements of a vector or the columns of a grid, dimension 1 the rows; where there are
 * more items than elements, those to spare do nothing. TYPE is uchar (0 or 1) for bool, long and double; a scalar that
 * is bool is an int.
 *
 * @param kernel its name in the source
 * @param kind   of the elements
 * @param isGrid whether the elements are rows of a grid, and not a vector or a number
 */
public record DeviceText(String source, String kernel, Kind kind, boolean isGrid, List<Place> places,
                         List<Value> values) {

    /**
     * Where slices of an operand are read.
     *
     * @param shifts    by how many rows (elements, of a vector) these slices lie off the result, in order
     * @param leftmost  the least column, for the result's column 0; 0 for a vector
     * @param rightmost the largest
     */
    public record Place(String operand, Kind kind, List<Long> shifts, long leftmost, long rightmost) {
    }

    /** A number that comes with each run: a scalar, or a ramp's start and step. */
    public record Value(String operand, Kind kind, boolean isRamp) {
    }
}
