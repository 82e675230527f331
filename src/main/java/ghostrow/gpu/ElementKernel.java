package ghostrow.gpu;

import ghostrow.formula.DeviceText;
import ghostrow.formula.DeviceText.Place;
import ghostrow.formula.DeviceText.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A formula on a device: computes any range of its elements, of operands that lie in the device's memory. What was put to
 * a name stays until something else is. One thread at a time may use it.
 */
public final class ElementKernel implements AutoCloseable {
    private static final long GROUP = 256;
    private static final long GROUP_COLUMNS = 64;

    private final DeviceText text;
    private final Kernel kernel;
    private final List<Cells> cells;
    private final long groupRows;
    private final int header;
    private final int each;

    /** @param program of that text */
    public ElementKernel(Program program, DeviceText text) {
        this.text = text;
        this.kernel = program.kernel(text.kernel());
        this.cells = new ArrayList<>(Collections.nCopies(text.places().size(), null));
        this.groupRows = Math.max(1, Math.min(GROUP, kernel.largestGroup()) / GROUP_COLUMNS);
        this.header = text.isGrid() ? 3 : 2;
        this.each = text.isGrid() ? 3 : 2;
    }

    /** Puts an operand where all its slices are read. */
    public ElementKernel memory(String operand, Cells where) {
        for (int i = 0; i < cells.size(); i++) {
            if (text.places().get(i).operand().equals(operand)) {
                place(i, where);
            }
        }
        return this;
    }

    /** Puts memory to one of the text's places. */
    public ElementKernel place(int number, Cells where) {
        cells.set(number, where);
        put(header + each * (number + 1), where);
        return this;
    }

    private void put(int argument, Cells where) {
        kernel.with(argument, where.buffer()).with(argument + 1, where.origin());
        if (text.isGrid()) {
            kernel.with(argument + 2, where.stride());
        }
    }

    public ElementKernel scalar(String name, double value) {
        kernel.with(argument(name), value);
        return this;
    }

    public ElementKernel scalar(String name, long value) {
        kernel.with(argument(name), value);
        return this;
    }

    public ElementKernel scalar(String name, boolean value) {
        kernel.with(argument(name), value ? 1 : 0);
        return this;
    }

    /** Element i is {@code start + i * step}; a start of -0 counts as 0. */
    public ElementKernel ramp(String name, double start, double step) {
        kernel.with(argument(name), start + 0.0).with(argument(name) + 1, step);
        return this;
    }

    private int argument(String name) {
        int argument = header + each * (cells.size() + 1);
        for (Value value : text.values()) {
            if (value.operand().equals(name)) {
                return argument;
            }
            argument += value.isRamp() ? 2 : 1;
        }
        throw new IllegalArgumentException("the formula has no number '" + name + "'");
    }

    /** Puts elements {@code from} to {@code to} of a vector into a queue. */
    public void run(Queue queue, Cells out, long from, long to) {
        if (from < to) {
            set(out, from, to, 1);
            queue.run(kernel.with(1, to - from), to - from, Math.min(GROUP, kernel.largestGroup()));
        }
    }

    /** Puts rows {@code from} to {@code to} of a grid, so many columns of them, into a queue. */
    public void run(Queue queue, Cells out, long from, long to, long columns) {
        if (from < to && columns > 0) {
            set(out, from, to, columns);
            queue.run(kernel.with(1, to - from).with(2, columns), columns, to - from, GROUP_COLUMNS, groupRows);
        }
    }

    /** A device that is sent outside of its memory takes the whole process with it. */
    private void set(Cells out, long from, long to, long columns) {
        check("the result", out, text.kind().bytes(), from, to, columns - 1);
        for (int i = 0; i < cells.size(); i++) {
            Place place = text.places().get(i);
            if (cells.get(i) == null) {
                throw new IllegalArgumentException("operand '" + place.operand() + "' needs memory, none was given");
            }
            check("operand '" + place.operand() + "'", shifted(cells.get(i), place.leftmost()), place.kind().bytes(),
                    from + place.shifts().getFirst(), to + place.shifts().getLast(),
                    columns - 1 + place.rightmost() - place.leftmost());
        }
        kernel.with(0, from);
        put(header, out);
    }

    private static Cells shifted(Cells cells, long columns) {
        return new Cells(cells.buffer(), cells.origin() + columns, cells.stride());
    }

    private void check(String what, Cells where, int bytes, long from, long to, long width) {
        long stride = text.isGrid() ? where.stride() : 1;
        long first = where.origin() + from * stride;
        long last = where.origin() + (to - 1) * stride + width;
        if (first < 0 || last >= where.buffer().bytes() / bytes) {
            throw new IllegalArgumentException(what + " has " + where.buffer().bytes() / bytes
                    + " elements in the device's memory, the range needs " + first + " to " + last);
        }
    }

    @Override
    public void close() {
        kernel.close();
    }
}
