package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Writes one stage as a static method {@code int (Frame, long index, int j, int count)} that starts with
 * element j and returns the first it has not done:
 * <pre>
 *   fetch addresses, spread constants and scalars over vectors
 *   while (j &lt;= count - step)   body   j += step
 *   return j
 * </pre>
 * In steps of a vector and in steps of one element the arithmetic on an element is the same, so where a
 * range is cut makes no difference. The two are methods of their own: in one method, the range checks
 * that the JIT compiler moves ahead of the loop over the rest fail where there is no rest, and each
 * failure throws the compiled code away. A long formula's sum takes one vector of lanes after the other, each in a
 * method of its own, which is no longer than the JIT compiler takes.
 */
final class LoopWriter {
    static final int FRAME = 0;
    static final int INDEX = 1;
    static final int J = 3;
    static final int COUNT = 4;

    /** Of vectors that are summed: the first of the sum's lanes that the loop takes; it takes one vector of them. */
    static final int LANE = 5;

    /** What the last stage does with the root: a sum takes terms one by one, or four by four. */
    enum Result {
        NOTHING, STORE, SUM, SUM_OF_FOURS;

        boolean sums() {
            return this == SUM || this == SUM_OF_FOURS;
        }
    }

    private final Plan plan;
    private final Accesses accesses;
    private final int stage;
    private final Result result;
    private final CodeBuilder code;
    private final Map<Integer, Integer> offsetLocals = new HashMap<>();
    private final Map<Integer, Integer> slotLocals = new HashMap<>();
    private final Map<Integer, Node> leaves = new LinkedHashMap<>();
    private int scratchLocal;

    LoopWriter(Plan plan, Accesses accesses, int stage, Result result, CodeBuilder code) {
        this.plan = plan;
        this.accesses = accesses;
        this.stage = stage;
        this.result = result;
        this.code = code;
    }

    /** @param fromZero whether every ramp starts at 0, where start + i * step is i * step */
    void write(Notation notation, boolean fromZero) {
        boolean byLanes = result.sums() && notation.width() > 1;
        findLeaves();
        fetchMemory();
        if (!byLanes) {
            loop(notation);
            code.iload(J).ireturn();
            return;
        }
        // From the lane's own element on.
        code.iload(J).iload(LANE).iadd().istore(J);
        code.iload(COUNT).iload(LANE).iadd().istore(COUNT);
        code.lload(scratchLocal).iload(LANE).i2l().loadConstant((long) Double.BYTES).lmul().ladd().lstore(scratchLocal);
        if (result == Result.SUM_OF_FOURS) {
            groups(notation, fromZero);
        } else {
            lanes(notation);
        }
        code.iload(J).iload(LANE).isub().ireturn();
    }

    private void findLeaves() {
        for (int node : plan.stages().get(stage).operations()) {
            for (int argument : ((Node.Apply) plan.graph().get(node)).arguments()) {
                leaf(argument);
            }
        }
        if (result != Result.NOTHING) {
            leaf(plan.root());
        }
    }

    private void leaf(int node) {
        if (!plan.isInStage(node, stage)) {
            leaves.put(node, plan.graph().get(node));
        }
    }

    private void fetchMemory() {
        code.aload(FRAME).getfield(Types.FRAME, "scratch", CD_long);
        scratchLocal = code.allocateLocal(TypeKind.LONG);
        code.lstore(scratchLocal);
        for (Node leaf : leaves.values()) {
            if (leaf instanceof Node.Load load) {
                fetch(accesses.number(load), load.kind());
            }
        }
        if (result == Result.STORE) {
            fetch(accesses.size(), plan.graph().kind(plan.root()));
        }
        leaves.forEach((node, leaf) -> {
            if (leaf instanceof Node.Apply) {
                slotLocal(plan.slot(node));
            }
        });
        for (int node : plan.stages().get(stage).operations()) {
            if (plan.slot(node) != null) {
                slotLocal(plan.slot(node));
            }
        }
    }

    private void fetch(int access, Kind kind) {
        code.aload(FRAME).getfield(Types.FRAME, "base", CD_long.arrayType()).loadConstant(access).laload();
        code.lload(INDEX).loadConstant((long) kind.bytes()).lmul().ladd();
        int local = code.allocateLocal(TypeKind.LONG);
        code.lstore(local);
        offsetLocals.put(access, local);
    }

    private void slotLocal(int slot) {
        if (slotLocals.containsKey(slot)) {
            return;
        }
        int local = code.allocateLocal(TypeKind.LONG);
        code.lload(scratchLocal).loadConstant(Frame.slotOffset(slot)).ladd().lstore(local);
        slotLocals.put(slot, local);
    }

    /** A loop whose elements go to memory, or one by one to the lanes of a sum. */
    private void loop(Notation notation) {
        int width = notation.width();
        Map<Integer, Integer> hoisted = hoist(notation);
        RampWriter ramps = new RampWriter(code, notation, hoisted);
        int index = hasRamps() && width > 1 ? ramps.index(0) : 0;
        repeat(width, () -> {
            exact(index);
            Map<Integer, Integer> values = body(notation, hoisted, Map.of(), false, 0,
                ramp -> width > 1 ? ramps.vector(ramp, index) : ramps.single(ramp));
            int root = result == Result.NOTHING ? -1 : values.get(plan.root());
            if (result == Result.STORE) {
                Kind kind = plan.graph().kind(plan.root());
                notation.write(code, kind, root, () -> place(offsetLocals.get(accesses.size()), kind, 0));
            } else if (result != Result.NOTHING) {
                new SumWriter(code, notation, scratchLocal).single(root, result == Result.SUM ? "add" : "hold");
            }
            if (index != 0) {
                ramps.advance(index, width);
            }
        });
    }

    /** A loop over {@link Frame#LANES} elements at a time, of which it adds up those of one vector of lanes. */
    private void lanes(Notation notation) {
        Map<Integer, Integer> hoisted = hoist(notation);
        RampWriter ramps = new RampWriter(code, notation, hoisted);
        SumWriter sum = new SumWriter(code, notation, scratchLocal);
        int index = hasRamps() ? ramps.index(0) : 0;
        int total = sum.fetch(0);
        int lost = sum.fetch(Frame.LANES);
        repeat(Frame.LANES, () -> {
            exact(index, total, lost);
            sum.add(body(notation, hoisted, Map.of(), false, 0, ramp -> ramps.vector(ramp, index)).get(plan.root()),
                total, lost);
            if (index != 0) {
                ramps.advance(index, Frame.LANES);
            }
        });
        sum.store(total, 0);
        sum.store(lost, Frame.LANES);
    }

    /**
     * A loop over groups of {@link Frame#GROUP} elements, one vector of lanes: in each lane four elements are added
     * plainly and their sum to the lane.
     */
    private void groups(Notation notation, boolean fromZero) {
        Map<Integer, Integer> hoisted = hoist(notation);
        Map<Integer, Fused> fused = notation.fuses() ? fused(notation) : Map.of();
        SumWriter sum = new SumWriter(code, notation, scratchLocal);
        RampWriter ramps = new RampWriter(code, notation, hoisted);
        ramps.prepareFours(leaves.values());
        int index = hasRamps() ? ramps.index(Frame.LANES) : 0;
        int total = sum.fetch(0);
        int lost = sum.fetch(Frame.LANES);
        repeat(Frame.GROUP, () -> {
            exact(index, total, lost);
            int[] terms = new int[Frame.FOUR];
            for (int quarter = 0; quarter < terms.length; quarter++) {
                int number = quarter;
                terms[quarter] = body(notation, hoisted, fused, quarter % 2 == 0, quarter * Frame.LANES,
                    ramp -> ramps.ofFour(ramp, index, number, fromZero)).get(plan.root());
            }
            sum.add(sum.plain(sum.plain(terms[0], terms[1]), sum.plain(terms[2], terms[3])), total, lost);
            if (index != 0) {
                ramps.advance(index, Frame.GROUP);
            }
        });
        sum.store(total, 0);
        sum.store(lost, Frame.LANES);
    }

    /** {@code while (j <= count - step) { body; j += step }} */
    private void repeat(int step, Runnable writeBody) {
        int last = code.allocateLocal(TypeKind.INT);
        code.iload(COUNT).loadConstant(step).isub().istore(last);
        Label body = code.newLabel();
        Label end = code.newLabel();
        code.iload(J).iload(last).if_icmpgt(end).labelBinding(body);
        writeBody.run();
        code.iinc(J, step);
        code.iload(J).iload(last).if_icmple(body).labelBinding(end);
    }

    /**
     * Casts vectors that go around a loop to their own class; local variable 0 is none of them. To C2 they are just any
     * vectors there, and it would call what it could make instructions of, unless it has watched the loop for long. The
     * cast costs nothing.
     */
    private void exact(int... locals) {
        for (int local : locals) {
            if (local != 0) {
                code.getstatic(Types.VECTORS, "VECTOR", CD_Class).aload(local)
                    .invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object))
                    .checkcast(Types.DOUBLES).astore(local);
            }
        }
    }

    private boolean hasRamps() {
        return leaves.values().stream().anyMatch(leaf -> leaf instanceof Node.Ramp);
    }

    /** A sum that is written as one fused operation, and where its factor lies. */
    private record Fused(Doubling doubling, int factor) {
    }

    private Map<Integer, Fused> fused(Notation notation) {
        Map<Integer, Fused> all = new HashMap<>();
        Doubling.in(plan, stage).forEach((sum, doubling) -> {
            notation.constant(code, Node.Constant.of(doubling.factor()));
            all.put(sum, new Fused(doubling, stored(notation, Kind.DOUBLE)));
        });
        return all;
    }

    /** Constants and scalars do not change in the loop: they are made once, before it. */
    private Map<Integer, Integer> hoist(Notation notation) {
        Map<Integer, Integer> locals = new HashMap<>();
        leaves.forEach((node, leaf) -> {
            switch (leaf) {
                case Node.Constant constant when notation.width() > 1 -> {
                    notation.constant(code, constant);
                    locals.put(node, stored(notation, constant.kind()));
                }
                case Node.Scalar scalar -> {
                    word(2 * scalar.operand());
                    notation.spread(code, scalar.kind());
                    locals.put(node, stored(notation, scalar.kind()));
                }
                case Node.Ramp ramp -> {
                    // Start and step, in this order, in two locals.
                    for (int part = 0; part < 2; part++) {
                        word(2 * ramp.operand() + part);
                        notation.spread(code, Kind.DOUBLE);
                        locals.put(RampWriter.key(ramp, part), stored(notation, Kind.DOUBLE));
                    }
                }
                default -> { }
            }
        });
        return locals;
    }

    private void word(int number) {
        code.aload(FRAME).getfield(Types.FRAME, "scalars", CD_long.arrayType()).loadConstant(number).laload();
    }

    private int stored(Notation notation, Kind kind) {
        int local = notation.newLocal(code, kind);
        notation.storeLocal(code, kind, local);
        return local;
    }

    /**
     * The operations on one vector or element. The sums that may be fused are, or their doubled term is added to
     * itself: of the two, one keeps the multipliers busy and the other the adders, and a loop of both half of each
     * keeps all of them busy.
     */
    private Map<Integer, Integer> body(Notation notation, Map<Integer, Integer> hoisted, Map<Integer, Fused> fused,
                                       boolean fuse, int shift, ToIntFunction<Node.Ramp> ramps) {
        Map<Integer, Integer> values = new HashMap<>(hoisted);
        leaves.forEach((node, leaf) -> {
            switch (leaf) {
                case Node.Load load -> {
                    notation.read(code, load.kind(),
                        () -> place(offsetLocals.get(accesses.number(load)), load.kind(), shift));
                    values.put(node, stored(notation, load.kind()));
                }
                case Node.Apply apply -> {
                    notation.read(code, apply.kind(),
                        () -> place(slotLocals.get(plan.slot(node)), apply.kind(), shift));
                    values.put(node, stored(notation, apply.kind()));
                }
                case Node.Ramp ramp -> values.put(node, ramps.applyAsInt(ramp));
                case Node.Constant constant when !hoisted.containsKey(node) -> {
                    notation.constant(code, constant);
                    values.put(node, stored(notation, constant.kind()));
                }
                default -> { }
            }
        });
        Map<Integer, Doubling> products = new HashMap<>();
        fused.values().forEach(sum -> products.put(sum.doubling().product(), sum.doubling()));
        for (int node : plan.stages().get(stage).operations()) {
            if (fuse && products.containsKey(node)) {
                continue;
            }
            if (fuse && fused.containsKey(node)) {
                Fused sum = fused.get(node);
                values.put(node, SumWriter.fused(code, values.get(sum.doubling().doubled()), sum.factor(),
                    values.get(sum.doubling().other())));
                continue;
            }
            if (products.containsKey(node) && Math.abs(products.get(node).factor()) == 2) {
                int doubled = values.get(products.get(node).doubled());
                values.put(node, SumWriter.plain(code, doubled, doubled));
                continue;
            }
            Node.Apply apply = (Node.Apply) plan.graph().get(node);
            for (int argument : apply.arguments()) {
                notation.loadLocal(code, plan.graph().kind(argument), values.get(argument));
            }
            notation.apply(code, apply.op(), plan.graph().kind(apply.arguments().getLast()), apply.kind());
            int local = stored(notation, apply.kind());
            values.put(node, local);
            if (plan.slot(node) != null) {
                notation.write(code, apply.kind(), local,
                    () -> place(slotLocals.get(plan.slot(node)), apply.kind(), shift));
            }
        }
        return values;
    }

    /** Pushes the address of element j + shift. */
    private void place(int offset, Kind kind, int shift) {
        code.lload(offset);
        code.iload(J);
        if (shift != 0) {
            code.loadConstant(shift).iadd();
        }
        code.i2l();
        if (kind.bytes() == 8) {
            code.iconst_3().lshl();
        }
        code.ladd();
    }
}
