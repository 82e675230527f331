package ghostrow.formula;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;

/** A compiled formula and the values of its operands: runs any range of it, on any thread. */
public final class Bound {
    /** Elements a call of a kernel without scratch; long rows are cut so that the JIT compiler steps in early. */
    private static final int CHUNK = 8 * Frame.BLOCK;

    private final Compiled compiled;
    private final List<String> names;
    private final long[] scalars;

    /** For each access, where its operand lies, the address of element 0 in row 0 and the bytes from row to row. */
    private final Memory[] memory;
    private final long[] start;
    private final long[] stride;
    private final boolean fromZero;
    private volatile Judgement judgement;

    /** Whether the numbers of a run of that length stay far from overflow. */
    private record Judgement(long length, boolean tame) {
    }

    Bound(Compiled compiled, Arguments arguments) {
        this.compiled = compiled;
        this.names = List.copyOf(compiled.operands().keySet());
        this.scalars = new long[2 * names.size()];
        for (int i = 0; i < names.size(); i++) {
            bind(i, names.get(i), compiled.operands().get(names.get(i)), arguments);
        }
        this.fromZero = startsAreZero();
        List<Node.Load> loads = compiled.accesses().all();
        this.memory = new Memory[loads.size()];
        this.start = new long[loads.size()];
        this.stride = new long[loads.size()];
        for (int access = 0; access < start.length; access++) {
            Node.Load load = loads.get(access);
            Memory place = memory(load, arguments);
            memory[access] = place;
            stride[access] = place.rowStride();
            start[access] = place.segment().address() + place.offset() + load.rowShift() * place.rowStride()
                + load.columnShift() * load.kind().bytes();
        }
    }

    private Memory memory(Node.Load load, Arguments arguments) {
        String name = names.get(load.operand());
        Memory place = arguments.memory(name,
            compiled.operands().get(name) instanceof Operand.Vector ? load.columnShift() : load.rowShift());
        if (place == null) {
            throw new IllegalArgumentException("operand '" + name + "' needs memory, none was given");
        }
        return place;
    }

    private void bind(int i, String name, Operand operand, Arguments arguments) {
        if (operand instanceof Operand.Vector || operand instanceof Operand.Grid) {
            return;
        }
        Arguments.Words words = arguments.words.get(name);
        boolean ramp = operand instanceof Operand.Ramp;
        if (words == null || words.ramp() != ramp) {
            throw new IllegalArgumentException("operand '" + name + "' needs a " + (ramp ? "ramp" : "scalar")
                + ", none was given");
        }
        if (operand instanceof Operand.Scalar scalar && scalar.kind() != words.kind()) {
            throw new IllegalArgumentException("operand '" + name + "' is " + scalar.kind() + ", "
                + words.kind() + " was given");
        }
        scalars[2 * i] = words.first();
        scalars[2 * i + 1] = words.second();
    }

    private boolean startsAreZero() {
        for (int i = 0; i < names.size(); i++) {
            if (compiled.operands().get(names.get(i)) instanceof Operand.Ramp
                    && Double.longBitsToDouble(scalars[2 * i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Computes a range of the result into memory: elements of a vector, or rows of a grid. The memory
     * must not overlap an operand, except that it may be one that the formula reads without a shift.
     */
    public void run(Memory out, long from, long to) {
        if (compiled.reduction() != Reduction.NONE) {
            throw new IllegalStateException("a reduction has partial results, not elements");
        }
        boolean rows = compiled.shape() instanceof Shape.Plane;
        checkRange(from, to, rows);
        if (from >= to) {
            return;
        }
        check("the result", out, compiled.kind(), from, to, 0, 0);
        try (Arena arena = Arena.ofConfined()) {
            Frame frame = frame(scratch(arena, 0), true);
            int result = compiled.accesses().size();
            long first = out.segment().address() + out.offset();
            if (!rows) {
                place(frame, 0);
                frame.base[result] = first;
                compute(frame, from, to);
                return;
            }
            long columns = ((Shape.Plane) compiled.shape()).columns();
            for (long row = from; row < to; row++) {
                place(frame, row);
                frame.base[result] = first + row * out.rowStride();
                compute(frame, 0, columns);
            }
        } catch (ArithmeticException e) {
            throw new FormulaException(compiled.text(), 0, e.getMessage());
        } finally {
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(out);
        }
    }

    /**
     * Computes the partial results of a range of pieces, {@link Compiled#PARTIAL_BYTES} each, from the
     * start of {@code out}. A piece is {@link Compiled#PIECE} elements of a vector or a row of a grid;
     * the length is the vector's or the number of rows, and is the same for all who share the work.
     */
    public void partials(long length, long fromPiece, long toPiece, MemorySegment out) {
        if (compiled.reduction() == Reduction.NONE) {
            throw new IllegalStateException("the formula has no reduction");
        }
        boolean rows = compiled.shape() instanceof Shape.Plane;
        long from = rows ? fromPiece : fromPiece * Compiled.PIECE;
        long to = rows ? toPiece : Math.min(length, toPiece * Compiled.PIECE);
        checkInside(0, length, rows);
        checkRange(from, to, rows);
        try (Arena arena = Arena.ofConfined()) {
            Frame frame = frame(scratch(arena, 1), !compiled.sumsByFours() || isTame(length));
            for (long piece = fromPiece; piece < toPiece; piece++) {
                place(frame, rows ? piece : 0);
                long first = rows ? 0 : piece * Compiled.PIECE;
                long end = rows ? ((Shape.Plane) compiled.shape()).columns()
                    : Math.min(length, first + Compiled.PIECE);
                partial(frame, first, end, out, (piece - fromPiece) * Compiled.PARTIAL_BYTES);
            }
        } catch (ArithmeticException e) {
            throw new FormulaException(compiled.text(), 0, e.getMessage());
        } finally {
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(out);
        }
    }

    /** The whole reduction on this thread, as {@link Compiled#total} gives it. */
    public Number reduce(long length) {
        long pieces = compiled.shape() instanceof Shape.Plane ? length : Compiled.pieces(length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment partials = arena.allocate(Math.max(1, pieces) * Compiled.PARTIAL_BYTES, 8);
            partials(length, 0, pieces, partials);
            return compiled.total(partials, pieces, length);
        }
    }

    private void partial(Frame frame, long first, long end, MemorySegment out, long at) {
        if (compiled.sumsInRegisters()) {
            Lanes.clear(frame.scratch);
            compute(frame, first, end);
            if (compiled.sumsByFours()) {
                Lanes.holdNoMore(frame.scratch, end - first);
            }
            Twofold total = Lanes.total(frame.scratch);
            out.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, total.high());
            out.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + Double.BYTES, total.low());
            return;
        }
        // The elements go through a slot, as a result that is never written to memory.
        long slot = frame.scratch + Frame.slotOffset(compiled.plan().slots());
        boolean doubles = compiled.folds() == Kind.DOUBLE;
        Fold fold = compiled.reduction().fold();
        long integers = fold.neutralLong;
        double[] lanes = new double[Frame.LANES];
        Arrays.fill(lanes, fold.neutralDouble);
        for (long i = first; i < end; i += Frame.BLOCK) {
            int count = (int) Math.min(Frame.BLOCK, end - i);
            frame.base[compiled.accesses().size()] = slot - i * Long.BYTES;
            compute(frame, i, i + count);
            if (doubles) {
                fold.take(slot, count, lanes);
            } else {
                integers = fold.take(slot, count, integers);
            }
        }
        out.set(ValueLayout.JAVA_LONG_UNALIGNED, at,
            doubles ? Double.doubleToRawLongBits(fold.total(lanes)) : integers);
        out.set(ValueLayout.JAVA_LONG_UNALIGNED, at + Long.BYTES, 0);
    }

    private MemorySegment scratch(Arena arena, int extraSlots) {
        int slots = compiled.plan().slots() + extraSlots;
        return slots == 0 ? MemorySegment.NULL : arena.allocate(Frame.slotOffset(slots), 64);
    }

    /** Judged once: whoever asks at the same time finds the same. */
    private boolean isTame(long length) {
        Judgement last = judgement;
        if (last == null || last.length != length) {
            last = new Judgement(length, Tameness.of(compiled.plan(), scalars, length));
            judgement = last;
        }
        return last.tame;
    }

    private Frame frame(MemorySegment scratch, boolean tame) {
        return new Frame(new long[compiled.accesses().size() + 1], scalars, scratch.address(), tame, fromZero);
    }

    private void place(Frame frame, long row) {
        for (int access = 0; access < start.length; access++) {
            frame.base[access] = start[access] + row * stride[access];
        }
    }

    private void compute(Frame frame, long from, long to) {
        int step = compiled.plan().slots() > 0 ? Frame.BLOCK : compiled.sumsByFours() ? Compiled.PIECE : CHUNK;
        for (long i = from; i < to; i += step) {
            int count = (int) Math.min(step, to - i);
            for (Kernel kernel : compiled.kernels()) {
                kernel.run(frame, i, count);
            }
        }
    }

    /** Refuses ranges outside the shape, and operands that do not reach as far as the range does. */
    private void checkRange(long from, long to, boolean rows) {
        checkInside(from, to, rows);
        if (from < to) {
            for (int access = 0; access < memory.length; access++) {
                Node.Load load = compiled.accesses().all().get(access);
                check("operand '" + names.get(load.operand()) + "'", memory[access], load.kind(), from, to,
                    load.rowShift(), load.columnShift());
            }
        }
    }

    private void checkInside(long from, long to, boolean rows) {
        long length = switch (compiled.shape()) {
            case Shape.Plane plane -> plane.rows();
            case Shape.Line line when line.length() != Operand.Vector.ANY -> line.length();
            default -> Long.MAX_VALUE;
        };
        if (from < 0 || to > length) {
            throw new IllegalArgumentException((rows ? "rows " : "elements ") + from + " to " + to
                + " are not all inside the shape " + compiled.shape());
        }
    }

    private void check(String what, Memory place, Kind kind, long from, long to, long rowShift, long columnShift) {
        long first;
        long last;
        try {
            if (compiled.shape() instanceof Shape.Plane plane) {
                if (plane.columns() == 0) {
                    return;
                }
                long one = at(place.offset(), Math.addExact(from, rowShift), place.rowStride());
                long other = at(place.offset(), Math.addExact(to - 1, rowShift), place.rowStride());
                first = at(Math.min(one, other), columnShift, kind.bytes());
                last = at(Math.max(one, other), Math.addExact(columnShift, plane.columns()), kind.bytes());
            } else {
                first = at(place.offset(), Math.addExact(from, columnShift), kind.bytes());
                last = at(place.offset(), Math.addExact(to, columnShift), kind.bytes());
            }
        } catch (ArithmeticException e) {
            // Wrapped around, it could pass for a place inside.
            throw new IllegalArgumentException(what + " has more bytes than can be counted", e);
        }
        if (!place.segment().scope().isAlive() || !place.segment().isAccessibleBy(Thread.currentThread())) {
            throw new IllegalArgumentException(what + " lies in memory that is closed, or another thread's");
        }
        if (first < 0 || last > place.segment().byteSize()) {
            throw new IllegalArgumentException(what + " lies in " + place.segment().byteSize()
                + " bytes, the range needs bytes " + first + " to " + last);
        }
    }

    private static long at(long base, long count, long bytes) {
        return Math.addExact(base, Math.multiplyExact(count, bytes));
    }
}
