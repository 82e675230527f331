package ghostrow.gpu;

import ghostrow.kernel.Rule;

/** The kernels that step rows, in OpenCL C. */
final class StencilSource {
    /** Rows that an item of kernel {@code rows} goes down. */
    static final int BAND = 8;

    /** Steps that kernel {@code steps} takes at most. */
    static final int MOST_STEPS = 4;
    /** Its tiles, with a rim of as many cells as it takes steps, which only serve the others. */
    static final int TILE = 64;
    static final int INNER = TILE - 2 * MOST_STEPS;

    private static final String KERNELS = """
            /*
             * All step "rows" rows of "columns" columns from one slab to another. The first cell of the first row is
             * number "at" in both; the cell below it is "stride" further on. Every operation is rounded by itself.
             */

            /* An item a cell. */
            kernel void cell(global const double *restrict from, global double *restrict to, long at, long stride,
                    long rows, long columns, double factor) {
                long column = get_global_id(0);
                long row = get_global_id(1);
                if (column < columns && row < rows) {
                    long i = at + row * stride + column;
                    to[i] = NEXT(from[i], from[i - stride], from[i + stride], from[i - 1], from[i + 1]);
                }
            }

            /*
             * An item goes down BAND rows of a column. What was below becomes the centre, and the centre what is above, so
             * that each cell is read once as such; its neighbours to the left and right come out of the cache.
             */
            kernel void rows(global const double *restrict from, global double *restrict to, long at, long stride,
                    long rows, long columns, double factor) {
                long column = get_global_id(0);
                long row = get_global_id(1) * BAND;
                if (column >= columns || row >= rows) {
                    return;
                }
                long i = at + row * stride + column;
                double up = from[i - stride];
                double centre = from[i];
                long left = min((long) BAND, rows - row);
                if (left == BAND) {
                    #pragma unroll
                    for (int k = 0; k < BAND; k++, i += stride) {
                        double down = from[i + stride];
                        to[i] = NEXT(centre, up, down, from[i - 1], from[i + 1]);
                        up = centre;
                        centre = down;
                    }
                } else {
                    for (int k = 0; k < left; k++, i += stride) {
                        double down = from[i + stride];
                        to[i] = NEXT(centre, up, down, from[i - 1], from[i + 1]);
                        up = centre;
                        centre = down;
                    }
                }
            }

            /*
             * Up to MOST_STEPS steps of a tile in the memory that the items of a group share. An item has EIGHT cells of a
             * column in registers; the tile is there for those to its sides. With each step a rim of one more cell grows
             * stale; when all are taken the inner cells are still good, and they are what is written:
             *
             *      . . . . . . . .        . rim, stale after some step
             *      . . o o o o . .        o inner cells: INNER = TILE - 2 MOST_STEPS a side
             *      . . o o o o . .
             *      . . . . . . . .
             *
             * The domain's rows are "low" to "high", counted from the first row that is stepped; cells beyond them, and in
             * columns -1 and "columns", are boundary and stay as they are.
             */
            #define EIGHT 8
            kernel __attribute__((reqd_work_group_size(TILE, TILE / EIGHT, 1)))
            void steps(global const double *restrict from, global double *restrict to, long at, long stride, long rows,
                    long columns, double factor, long low, long high, int steps) {
                local double tile[TILE * TILE];
                int x = get_local_id(0);
                int y = get_local_id(1) * EIGHT;
                long column = (long) get_group_id(0) * INNER - MOST_STEPS + x;
                long row = (long) get_group_id(1) * INNER - MOST_STEPS + y;
                long top = max(-(long) steps, low - 1);
                long bottom = min(rows - 1 + steps, high + 1);
                double mine[EIGHT];
                #pragma unroll
                for (int k = 0; k < EIGHT; k++) {
                    bool there = column >= -1 && column <= columns && row + k >= top && row + k <= bottom;
                    mine[k] = there ? from[at + (row + k) * stride + column] : 0;
                    tile[(y + k) * TILE + x] = mine[k];
                }
                barrier(CLK_LOCAL_MEM_FENCE);
                int left = max(x - 1, 0);
                int right = min(x + 1, TILE - 1);
                bool moves = column >= 0 && column < columns;
                for (int s = 0; s < steps; s++) {
                    double up = tile[max(y - 1, 0) * TILE + x];
                    double last = tile[min(y + EIGHT, TILE - 1) * TILE + x];
                    #pragma unroll
                    for (int k = 0; k < EIGHT; k++) {
                        double centre = mine[k];
                        double down = k == EIGHT - 1 ? last : mine[k + 1];
                        double next = NEXT(centre, up, down, tile[(y + k) * TILE + left], tile[(y + k) * TILE + right]);
                        mine[k] = moves && row + k >= low && row + k <= high ? next : centre;
                        up = centre;
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                    #pragma unroll
                    for (int k = 0; k < EIGHT; k++) {
                        tile[(y + k) * TILE + x] = mine[k];
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                }
                if (x >= MOST_STEPS && x < MOST_STEPS + INNER && column < columns) {
                    #pragma unroll
                    for (int k = 0; k < EIGHT; k++) {
                        if (y + k >= MOST_STEPS && y + k < MOST_STEPS + INNER && row + k < rows) {
                            to[at + (row + k) * stride + column] = mine[k];
                        }
                    }
                }
            }

            /*
             * By how much two slabs differ. An item goes down "band" rows of a column; the host finds the largest of what
             * all have found. A difference that is no number stays.
             */
            kernel void change(global const double *one, global const double *other, long at, long stride, long rows,
                    long columns, long band, global double *largest) {
                long column = get_global_id(0);
                long row = get_global_id(1) * band;
                if (column >= columns || row >= rows) {
                    return;
                }
                double most = 0;
                for (long r = row; r < min(row + band, rows); r++) {
                    double by = fabs(one[at + r * stride + column] - other[at + r * stride + column]);
                    most = by > most || by != by ? by : most;
                }
                largest[get_global_id(1) * columns + column] = most;
            }

            /*
             * An operation a launch, as a library of arrays does it on a device, an item an element. "at" is where an
             * operand's or a result's first element lies.
             */
            kernel void add(global const double *one, long atOne, global const double *other, long atOther,
                    global double *sum, long atSum, long stride, long columns) {
                long c = get_global_id(0);
                long r = get_global_id(1) * stride;
                if (c < columns) {
                    sum[atSum + r + c] = one[atOne + r + c] + other[atOther + r + c];
                }
            }

            kernel void subtract(global const double *one, long atOne, global const double *other, long atOther,
                    global double *difference, long atDifference, long stride, long columns) {
                long c = get_global_id(0);
                long r = get_global_id(1) * stride;
                if (c < columns) {
                    difference[atDifference + r + c] = one[atOne + r + c] - other[atOther + r + c];
                }
            }

            kernel void scale(double factor, global const double *one, long atOne, global double *product, long atProduct,
                    long stride, long columns) {
                long c = get_global_id(0);
                long r = get_global_id(1) * stride;
                if (c < columns) {
                    product[atProduct + r + c] = factor * one[atOne + r + c];
                }
            }
            """;

    private StencilSource() {
    }

    static String of(Rule rule) {
        return define("NEXT(centre, up, down, left, right)", next(rule))
                + define("BAND", Integer.toString(BAND)) + define("MOST_STEPS", Integer.toString(MOST_STEPS))
                + define("TILE", Integer.toString(TILE)) + define("INNER", Integer.toString(INNER)) + "\n" + KERNELS;
    }

    private static String define(String name, String text) {
        return "#define " + name + " " + text + "\n";
    }

    /** The rule as {@link Rule} has it, operation by operation. */
    private static String next(Rule rule) {
        return switch (rule) {
            case Rule.Diffusion _ -> "((centre) + factor * ((down) + (up) + (right) + (left) - 4.0 * (centre)))";
            case Rule.Jacobi _ -> "(factor * ((centre) + (left) + (right) + (up) + (down)))";
        };
    }

    static double factor(Rule rule) {
        return switch (rule) {
            case Rule.Diffusion diffusion -> diffusion.factor();
            case Rule.Jacobi _ -> 0.2;
        };
    }
}
