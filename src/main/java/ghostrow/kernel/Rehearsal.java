package ghostrow.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a stencil is warmed up on: two slabs, with {@code ghosts} rows above and below that belong to others. */
public record Rehearsal(Rows from, Rows to, int rows) {
    public static Rehearsal of(Arena arena, int rows, int columns, int ghosts) {
        return new Rehearsal(slab(arena, rows, columns, ghosts), slab(arena, rows, columns, ghosts), rows);
    }

    private static Rows slab(Arena arena, int rows, int columns, int ghosts) {
        long stride = (columns + 3 * Rows.ALIGNMENT) / Rows.ALIGNMENT * Rows.ALIGNMENT;
        MemorySegment cells = arena.allocate((rows + 2 * ghosts + 3) * stride * Double.BYTES, 64);
        Rows slab = new Rows(cells, (1 + ghosts) * stride + Rows.ALIGNMENT - 1, stride, columns, -ghosts,
                rows - 1 + ghosts);
        // With zeros everywhere no boundary would ever have to be repaired, and no cell would be the greatest so far.
        cells.fill((byte) 1);
        for (long row = slab.lowest(); row <= slab.highest(); row++) {
            slab.set(row, columns + 1, 0);
            slab.set(row, columns / 2, row * row);
            slab.set(row, columns / 2 + 1, -row * row);
        }
        return slab;
    }

    void add() {
        new RowTotals((int) from.columns()).add(from, 0, rows, new double[rows], 0);
    }

    public void advance(Stencil stencil, int steps) {
        stencil.advance(from, to, 0, rows, Math.min(steps, stencil.maxSteps()));
    }
}
