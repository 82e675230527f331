package ghostrow.gpu;

import ghostrow.grid.Edge;
import ghostrow.grid.Field;
import ghostrow.grid.Twin;
import ghostrow.kernel.Rows;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A field in a device's memory, laid out as in the host's. A device that works in the host's memory has the field where it
 * is, and host and device take turns.
 */
final class GridTwin implements Twin, AutoCloseable {
    private final Rows layout;
    private final MemorySegment cells;
    private final Device device;
    /** Where rows are stepped. */
    private final Queue steps;
    /** Where edges come and go, also while rows are stepped. */
    private final Queue edges;
    private final Buffer buffer;
    private final boolean inPlace;
    private final Field field;
    private final List<Pinned> pinned = new ArrayList<>();
    /** What the host was given of a buffer in its own memory; null while the device has it. */
    private MemorySegment mapped;

    GridTwin(Device device, Field field, Queue steps, Queue edges, boolean copies) {
        this.device = device;
        this.field = field;
        this.layout = field.rows();
        this.cells = layout.cells();
        this.steps = steps;
        this.edges = edges;
        this.inPlace = device.info().unified() && !copies;
        this.buffer = inPlace ? device.over(cells) : device.buffer(cells.byteSize());
        this.mapped = inPlace ? steps.map(buffer) : null;
    }

    Buffer buffer() {
        return buffer;
    }

    Rows layout() {
        return layout;
    }

    long rows() {
        return field.count();
    }

    /** Lets the device at the memory, whatever lies in it. */
    void lend() {
        if (inPlace) {
            away(false);
        }
    }

    void takeBack() {
        if (inPlace) {
            home();
        }
    }

    /** Whether it is the copy of rows in this memory. */
    boolean isOf(MemorySegment memory) {
        return memory.address() == cells.address();
    }

    @Override
    public void away(boolean changed) {
        if (inPlace) {
            steps.unmap(buffer, mapped);
            mapped = null;
        } else if (changed) {
            steps.write(buffer, 0, cells);
            steps.finish();
        }
    }

    @Override
    public void home() {
        if (inPlace) {
            mapped = steps.map(buffer);
        } else {
            steps.read(buffer, 0, cells);
            steps.finish();
        }
    }

    @Override
    public Edge edge(long first, long count) {
        MemorySegment there = field.wholeRows(first, count);
        Pinned here = device.pinned(there.byteSize(), edges);
        pinned.add(here);
        return new Travelling(here.memory(), there.address() - cells.address());
    }

    /** Through memory of its own, which the driver has pinned. */
    private final class Travelling implements Edge {
        private final MemorySegment rows;
        private final long offset;

        Travelling(MemorySegment rows, long offset) {
            this.rows = rows;
            this.offset = offset;
        }

        @Override
        public MemorySegment rows() {
            return rows;
        }

        @Override
        public void home() {
            Queue.Mark stepped = steps.mark();
            steps.flush();
            edges.after(stepped);
            edges.read(buffer, offset, rows);
            edges.flush();
        }

        @Override
        public void away() {
            edges.write(buffer, offset, rows);
            Queue.Mark written = edges.mark();
            edges.flush();
            steps.after(written);
        }
    }

    @Override
    public void awaitEdges() {
        edges.finish();
    }

    @Override
    public void await() {
        steps.finish();
    }

    /** When nothing is under way any more. */
    @Override
    public void close() {
        pinned.forEach(Pinned::close);
        if (mapped != null) {
            steps.unmap(buffer, mapped);
            steps.finish();
        }
        buffer.close();
    }
}
