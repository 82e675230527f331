package ghostrow.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** Fields for the tests: padded rows off the heap, whose values tell where they belong. */
final class Fields {
    static final Map<String, Double> PARAMETERS = Map.of("D", 1.0, "dx", 0.1, "x1", -10.0);
    static final Map<String, String> TEXTS = Map.of("application", "diffusion", "command",
            "ghostrow diffusion \u00e9");

    private Fields() {
    }

    static Content series(int snapshots, long rows, long columns) {
        double[] times = new double[snapshots];
        for (int k = 0; k < snapshots; k++) {
            times[k] = k * 0.1;
        }
        return new Content("density", Element.FLOAT64, rows, columns, times, -10, -10, 0.1, 0.1, PARAMETERS,
                TEXTS);
    }

    /** A value that no other cell has and that needs all its bits. */
    static double value(long snapshot, long row, long column) {
        return Math.sqrt(2 + snapshot) * 1e6 + row * 1000.25 + column / 3.0;
    }

    static long stride(long columns) {
        return columns * Double.BYTES + 64;
    }

    static MemorySegment rows(Arena arena, long snapshot, long firstRow, long count, long columns) {
        MemorySegment base = arena.allocate(Math.max(1, count) * stride(columns), 64);
        for (long i = 0; i < count; i++) {
            for (long j = 0; j < columns; j++) {
                base.set(ValueLayout.JAVA_DOUBLE, i * stride(columns) + j * Double.BYTES,
                        value(snapshot, firstRow + i, j));
            }
        }
        return base;
    }

    static void write(SnapshotFile file, long snapshot, long firstRow, long count, long columns)
            throws java.io.IOException {
        try (Arena arena = Arena.ofConfined()) {
            file.writeChecksums(snapshot, firstRow, file.writeRows(snapshot, firstRow, count,
                    rows(arena, snapshot, firstRow, count, columns), stride(columns)));
        }
    }
}
