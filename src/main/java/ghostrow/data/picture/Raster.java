package ghostrow.data.picture;

import ghostrow.data.Content;
import ghostrow.data.Element;
import ghostrow.data.SnapshotReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A snapshot reduced to about as many cells as a picture has pixels, each the mean of a block of the field.
 * Cells run from the top row down, the row with the largest y first.
 */
record Raster(int width, int height, double[] cells) {

    /** Reads a snapshot, row by row, into at most {@code most} cells on either side. */
    static Raster read(SnapshotReader reader, long snapshot, int most) throws IOException {
        Content content = reader.content();
        long block = (Math.max(content.rows(), content.columns()) + most - 1) / most;
        int width = Math.toIntExact((content.columns() + block - 1) / block);
        int height = Math.toIntExact((content.rows() + block - 1) / block);
        double[] cells = new double[width * height];
        long rowBytes = content.columns() * content.element().bytes();
        boolean upwards = content.spacingY() > 0;
        try (Arena arena = Arena.ofConfined()) {
            long batch = Math.clamp((1 << 22) / rowBytes, 1, content.rows());
            MemorySegment rows = arena.allocate(batch * rowBytes, Double.BYTES);
            for (long first = 0; first < content.rows(); first += batch) {
                long count = Math.min(batch, content.rows() - first);
                reader.readRows(snapshot, first, count, rows, rowBytes);
                for (long row = 0; row < count; row++) {
                    int y = (int) ((first + row) / block);
                    add(rows, row * rowBytes, content, block, cells, (upwards ? height - 1 - y : y) * width);
                }
            }
        }
        for (int y = 0; y < height; y++) {
            long rowsHere = Math.min(block, content.rows() - y * block);
            for (int x = 0; x < width; x++) {
                long columnsHere = Math.min(block, content.columns() - x * block);
                cells[(upwards ? height - 1 - y : y) * width + x] /= rowsHere * (double) columnsHere;
            }
        }
        return new Raster(width, height, cells);
    }

    private static void add(MemorySegment rows, long offset, Content content, long block, double[] cells,
            int start) {
        boolean doubles = content.element() == Element.FLOAT64;
        for (int x = 0; x * block < content.columns(); x++) {
            double sum = 0;
            for (long column = x * block; column < Math.min((x + 1) * block, content.columns()); column++) {
                sum += doubles ? rows.get(ValueLayout.JAVA_DOUBLE, offset + column * Double.BYTES)
                        : rows.get(ValueLayout.JAVA_INT, offset + column * Integer.BYTES);
            }
            cells[start + x] += sum;
        }
    }

    double low() {
        double low = Double.POSITIVE_INFINITY;
        for (double cell : cells) {
            low = Double.isFinite(cell) ? Math.min(low, cell) : low;
        }
        return low;
    }

    double high() {
        double high = Double.NEGATIVE_INFINITY;
        for (double cell : cells) {
            high = Double.isFinite(cell) ? Math.max(high, cell) : high;
        }
        return high;
    }
}
