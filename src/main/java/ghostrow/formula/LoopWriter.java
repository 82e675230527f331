package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * failure throws the compiled code away.
 */
final class LoopWriter {
    private static final int FRAME = 0;
    private static final int INDEX = 1;
    private static final int J = 3;
    private static final int COUNT = 4;

    /** What the last stage does with the root. */
    enum Result { NOTHING, STORE, SUM }

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

    void write(Notation notation) {
        findLeaves();
        fetchMemory();
        loop(notation);
        code.iload(J).ireturn();
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

    private void loop(Notation notation) {
        int width = notation.width();
        boolean lanes = result == Result.SUM && width > 1;
        int copies = lanes ? Frame.LANES / width : 1;
        Map<Integer, Integer> hoisted = hoist(notation);
        int[] ramps = rampIndices(notation, copies);
        int[] sums = lanes ? new int[copies] : null;
        int[] losses = lanes ? new int[copies] : null;
        if (lanes) {
            for (int copy = 0; copy < copies; copy++) {
                sums[copy] = fetchLanes(notation, copy * width);
                losses[copy] = fetchLanes(notation, Frame.LANES + copy * width);
            }
        }
        int last = code.allocateLocal(TypeKind.INT);
        code.iload(COUNT).loadConstant(width * copies).isub().istore(last);
        Label body = code.newLabel();
        Label end = code.newLabel();
        code.iload(J).iload(last).if_icmpgt(end).labelBinding(body);
        for (int copy = 0; copy < copies; copy++) {
            int shift = copy * width;
            Map<Integer, Integer> values = body(notation, hoisted, width > 1 ? ramps[copy] : -1, shift);
            if (result == Result.STORE) {
                Kind kind = plan.graph().kind(plan.root());
                notation.write(code, kind, values.get(plan.root()),
                    () -> place(offsetLocals.get(accesses.size()), kind, shift));
            } else if (lanes) {
                accumulate(values.get(plan.root()), sums[copy], losses[copy]);
            } else if (result == Result.SUM) {
                code.lload(scratchLocal).iload(J);
                notation.loadLocal(code, Kind.DOUBLE, values.get(plan.root()));
                code.invokestatic(Types.LANES, "add", MethodTypeDesc.of(CD_void, CD_long, CD_int, CD_double));
            }
        }
        code.iinc(J, width * copies);
        if (width > 1) {
            advance(notation, ramps, width * copies);
        }
        code.iload(J).iload(last).if_icmple(body).labelBinding(end);
        if (lanes) {
            for (int copy = 0; copy < copies; copy++) {
                storeLanes(notation, sums[copy], copy * width);
                storeLanes(notation, losses[copy], Frame.LANES + copy * width);
            }
        }
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
                        locals.put(~(2 * ramp.operand() + part), stored(notation, Kind.DOUBLE));
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

    /** Vectors of the element numbers, one for each copy of the body; whole numbers are exact in doubles. */
    private int[] rampIndices(Notation notation, int copies) {
        if (notation.width() == 1 || leaves.values().stream().noneMatch(leaf -> leaf instanceof Node.Ramp)) {
            return new int[copies];
        }
        int[] locals = new int[copies];
        for (int copy = 0; copy < copies; copy++) {
            code.lload(INDEX).loadConstant((long) copy * notation.width()).ladd();
            code.invokestatic(Types.VECTORS, "count", MethodTypeDesc.of(Types.DOUBLES, CD_long));
            locals[copy] = stored(notation, Kind.DOUBLE);
        }
        return locals;
    }

    private void advance(Notation notation, int[] ramps, int step) {
        for (int local : ramps) {
            if (local != 0) {
                notation.loadLocal(code, Kind.DOUBLE, local);
                notation.constant(code, Node.Constant.of((double) step));
                notation.apply(code, Op.ADD, Kind.DOUBLE, Kind.DOUBLE);
                notation.storeLocal(code, Kind.DOUBLE, local);
            }
        }
    }

    private Map<Integer, Integer> body(Notation notation, Map<Integer, Integer> hoisted, int count, int shift) {
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
                case Node.Ramp ramp -> values.put(node, ramp(notation, hoisted, ramp, count));
                case Node.Constant constant when !hoisted.containsKey(node) -> {
                    notation.constant(code, constant);
                    values.put(node, stored(notation, constant.kind()));
                }
                default -> { }
            }
        });
        for (int node : plan.stages().get(stage).operations()) {
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

    /** start + i * step. */
    private int ramp(Notation notation, Map<Integer, Integer> hoisted, Node.Ramp ramp, int count) {
        notation.loadLocal(code, Kind.DOUBLE, hoisted.get(~(2 * ramp.operand())));
        if (notation.width() > 1) {
            notation.loadLocal(code, Kind.DOUBLE, count);
        } else {
            code.lload(INDEX).iload(J).i2l().ladd().l2d();
        }
        notation.loadLocal(code, Kind.DOUBLE, hoisted.get(~(2 * ramp.operand() + 1)));
        notation.apply(code, Op.MUL, Kind.DOUBLE, Kind.DOUBLE);
        notation.apply(code, Op.ADD, Kind.DOUBLE, Kind.DOUBLE);
        return stored(notation, Kind.DOUBLE);
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

    private int fetchLanes(Notation notation, int lane) {
        notation.read(code, Kind.DOUBLE,
            () -> code.lload(scratchLocal).loadConstant((long) lane * Double.BYTES).ladd());
        return stored(notation, Kind.DOUBLE);
    }

    private void storeLanes(Notation notation, int local, int lane) {
        notation.write(code, Kind.DOUBLE, local,
            () -> code.lload(scratchLocal).loadConstant((long) lane * Double.BYTES).ladd());
    }

    /** The sum of two doubles and, exactly, what rounding took from it: six operations, and one to keep it. */
    private void accumulate(int x, int sum, int lost) {
        ClassDesc vector = Types.DOUBLES;
        MethodTypeDesc operation = MethodTypeDesc.of(vector, Types.VECTOR);
        int next = code.allocateLocal(TypeKind.REFERENCE);
        int back = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(sum).aload(x).invokevirtual(vector, "add", operation).astore(next);
        code.aload(next).aload(sum).invokevirtual(vector, "sub", operation).astore(back);
        code.aload(lost);
        code.aload(sum);
        code.aload(next).aload(back).invokevirtual(vector, "sub", operation);
        code.invokevirtual(vector, "sub", operation);
        code.aload(x).aload(back).invokevirtual(vector, "sub", operation);
        code.invokevirtual(vector, "add", operation);
        code.invokevirtual(vector, "add", operation).astore(lost);
        code.aload(next).astore(sum);
    }
}
