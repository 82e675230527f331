package ghostrow.formula;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A formula ready to run. It never changes, so any number of threads may run it at once; who computes
 * which range is the caller's business and does not change a bit of the results.
 */
public final class Compiled {
    /**
     * Elements of a vector that make one partial result of a reduction; the last may have fewer. In a
     * grid each row makes one.
     */
    public static final int PIECE = 256 * 1024;

    /** Bytes of a partial result. */
    public static final int PARTIAL_BYTES = 16;

    /** The operand of {@link #folding}. */
    public static final String TERMS = "terms";

    private final String text;
    private final Shape shape;
    private final Reduction reduction;
    private final Kind kind;
    private final Map<String, Operand> operands;
    private final Plan plan;
    private final Accesses accesses;
    private final LoopWriter.Result last;
    private final List<byte[]> classes;
    private final Kernel[] kernels;
    private final Notation notation;

    /** @param notation how vectors are written, or null for plain loops */
    Compiled(String text, Checker.Checked checked, Reduction reduction, Map<String, Operand> operands,
             Notation notation) {
        this(text, checked, reduction, operands, notation, false);
    }

    /** @param byFours whether a sum takes four terms at a time although they are read from memory */
    private Compiled(String text, Checker.Checked checked, Reduction reduction, Map<String, Operand> operands,
                     Notation notation, boolean byFours) {
        this.text = text;
        this.shape = checked.shape();
        this.reduction = reduction;
        this.operands = new LinkedHashMap<>(operands);
        this.notation = notation;
        Graph graph = checked.graph();
        this.kind = reduction.kind(graph.kind(checked.root()));
        switch (shape) {
            case Shape.Plane plane -> refuseNothing(Math.min(plane.rows(), plane.columns()));
            case Shape.Line line -> refuseNothing(line.length());
            case Shape.Single _ -> { }
        }
        int root = reduction.terms(graph, checked.root());
        Plan fitting = new Plan(graph, root);
        this.accesses = new Accesses(fitting);
        this.last = reduction.fold() != Fold.ADD || graph.kind(root) != Kind.DOUBLE ? LoopWriter.Result.STORE
            : byFours || accesses.size() == 0 ? LoopWriter.Result.SUM_OF_FOURS : LoopWriter.Result.SUM;
        List<byte[]> written = Generator.classes(fitting, accesses, last, notation);
        while (!Generator.canBeCompiled(written) && fitting.canBeFiner()) {
            fitting = fitting.finer();
            written = Generator.classes(fitting, accesses, last, notation);
        }
        this.plan = fitting;
        this.classes = written;
        this.kernels = classes.stream().map(Generator::load).toArray(Kernel[]::new);
    }

    /** The kind of the result's elements, or of the total of a reduction. */
    public Kind kind() {
        return kind;
    }

    /** The shape of the elements, before any reduction. */
    public Shape shape() {
        return shape;
    }

    public Reduction reduction() {
        return reduction;
    }

    /** How many partial results a vector of this length is reduced to. */
    public static long pieces(long length) {
        return Math.ceilDiv(length, PIECE);
    }

    /**
     * By how many rows (elements, of a vector) the slices of an operand lie off the result, in order: row r of the result
     * is made of rows r + shift of the operand, and of no others. There are none if the formula does not read it.
     */
    public long[] shifts(String operand) {
        int number = List.copyOf(operands.keySet()).indexOf(operand);
        return accesses.shifts(number, operands.get(operand) instanceof Operand.Vector);
    }

    /** The same in groups: two that follow each other are in one if they are no farther apart than that. */
    public List<List<Long>> shifts(String operand, long apart) {
        List<List<Long>> groups = new ArrayList<>();
        for (long shift : shifts(operand)) {
            if (groups.isEmpty() || shift - groups.getLast().getLast() > apart) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(shift);
        }
        return groups.stream().map(List::copyOf).toList();
    }

    /** The formula as a kernel for devices that read each operand through one pointer. */
    public DeviceText openCl() {
        return openCl(Long.MAX_VALUE);
    }

    /**
     * The formula as a kernel for devices. An operation whose bits would be others there is refused.
     *
     * @param apart slices of an operand that follow each other farther apart than so many rows (elements, of a vector)
     *              are read through pointers of their own: not all of it needs to be there
     */
    public DeviceText openCl(long apart) {
        Map<String, List<List<Long>>> shifts = new LinkedHashMap<>();
        operands.keySet().forEach(name -> shifts.put(name, shifts(name, apart)));
        return new DeviceWriter(text, plan, shape instanceof Shape.Plane, operands, shifts).write();
    }

    /**
     * The reduction alone, whose one operand {@link #TERMS} has the elements that {@link #openCl} computes: the same
     * partial results, of which this formula makes the total.
     */
    public Compiled folding() {
        Kind terms = folds();
        Graph graph = new Graph();
        int root = graph.add(new Node.Load(0, terms, 0, 0));
        // One number for all has no length of its own.
        Shape same = shape instanceof Shape.Single ? new Shape.Line(Operand.Vector.ANY) : shape;
        Operand operand = same instanceof Shape.Plane plane ? new Operand.Grid(terms, plane.rows(), plane.columns())
            : new Operand.Vector(terms, ((Shape.Line) same).length());
        Reduction plain = switch (reduction.fold()) {
            case ADD -> Reduction.SUM;
            case MULTIPLY -> Reduction.PRODUCT;
            case LEAST -> Reduction.MIN;
            case LARGEST -> Reduction.MAX;
        };
        return new Compiled(plain + "(" + TERMS + ")", new Checker.Checked(graph, root, same, plain), plain,
            Map.of(TERMS, operand), notation, sumsByFours());
    }

    /** Puts values to the names; what comes back may be shared by threads. */
    public Bound bind(Arguments arguments) {
        return new Bound(this, arguments);
    }

    /**
     * The total of partial results that lie one behind the other in the order of their pieces: a Double, or a Long,
     * which is 1 or 0 where the kind is bool. The order is fixed, so the bits are.
     *
     * @param length as in {@link Bound#partials}
     */
    public Number total(MemorySegment partials, long count, long length) {
        long elements = elements(length);
        refuseNothing(elements);
        if (folds() == Kind.LONG) {
            long total = foldLongs(partials, count);
            // Of no truth values it is the least or the largest int64.
            return kind == Kind.BOOL ? Math.clamp(total, 0L, 1L) : total;
        }
        double total = reduction.fold() == Fold.ADD ? sum(partials, count).value() : foldDoubles(partials, count);
        return reduction == Reduction.MEAN ? total / elements : total;
    }

    private long elements(long length) {
        return shape instanceof Shape.Plane plane ? length * plane.columns() : length;
    }

    /** Also of a shape, so that nobody sets out to reduce it. */
    private void refuseNothing(long elements) {
        if (elements == 0 && !reduction.takesNothing()) {
            throw new FormulaException(text, 0, reduction + "() needs at least one element, and there is none");
        }
    }

    /**
     * Makes one partial result of many, for lengths of which not all partial results fit into memory at
     * once. As many together at a time, and the bits are the same.
     */
    public void merge(MemorySegment partials, long count, MemorySegment out) {
        if (folds() == Kind.LONG) {
            out.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, foldLongs(partials, count));
            return;
        }
        Twofold total = reduction.fold() == Fold.ADD ? sum(partials, count)
            : new Twofold(foldDoubles(partials, count), 0);
        out.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0, total.high());
        out.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, Double.BYTES, total.low());
    }

    private long foldLongs(MemorySegment partials, long count) {
        long total = reduction.fold().neutralLong;
        for (long i = 0; i < count; i++) {
            total = reduction.fold().of(total, partials.get(ValueLayout.JAVA_LONG_UNALIGNED, i * PARTIAL_BYTES));
        }
        return total;
    }

    private static Twofold sum(MemorySegment partials, long count) {
        // Once over memory, since a run has no more than one such loop: until it is compiled it is all over.
        double[] all = partials.asSlice(0, count * PARTIAL_BYTES).toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED);
        Twofold sum = Twofold.ZERO;
        for (int i = 0; i < all.length; i += 2) {
            sum = sum.plus(new Twofold(all[i], all[i + 1]));
        }
        return sum;
    }

    private double foldDoubles(MemorySegment partials, long count) {
        double total = reduction.fold().neutralDouble;
        for (long i = 0; i < count; i++) {
            total = reduction.fold().of(total, partials.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, i * PARTIAL_BYTES));
        }
        return total;
    }

    /** The typed tree, what it costs, and the bytecode that was made of it. */
    public String explain() {
        return new Explanation(this, notation != null).text();
    }

    /** The typed tree, and the text for a device that was made of it. */
    public String explain(DeviceText device) {
        return new Explanation(this, false).text(device);
    }

    /** The kind of what a reduction folds: of integers and truth values int64, else float64. */
    Kind folds() {
        return plan.graph().kind(plan.root());
    }

    /** True where the last loop adds doubles up as it computes them. */
    boolean sumsInRegisters() {
        return last == LoopWriter.Result.SUM || sumsByFours();
    }

    /** True where the terms are computed of their numbers and not of memory, so that the adding sets the pace. */
    boolean sumsByFours() {
        return last == LoopWriter.Result.SUM_OF_FOURS;
    }

    String text() {
        return text;
    }

    Map<String, Operand> operands() {
        return operands;
    }

    Plan plan() {
        return plan;
    }

    Accesses accesses() {
        return accesses;
    }

    List<byte[]> classes() {
        return classes;
    }

    Kernel[] kernels() {
        return kernels;
    }
}
