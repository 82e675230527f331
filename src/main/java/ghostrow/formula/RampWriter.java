package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a ramp's values, start + i * step. The element numbers i are counted in doubles, in which whole numbers
 * are exact.
 *
 * <p>Where four elements of a lane are summed, one vector of numbers b serves all four, whose distances from it are
 * powers of two:
 * <pre>
 *   element      b - 16             b          b + 16             b + 32
 *   i * step     b*step - 16*step   b*step     b*step + 16*step   b*step + 32*step
 * </pre>
 * Each second product is exact, so that a fused multiplication and addition rounds what i * step would round.
 */
final class RampWriter {
    private final CodeBuilder code;
    private final Notation notation;
    private final Map<Integer, Integer> hoisted;
    private final Map<Integer, int[]> distances = new HashMap<>();

    /** @param hoisted where starts and steps lie, by {@link #key} */
    RampWriter(CodeBuilder code, Notation notation, Map<Integer, Integer> hoisted) {
        this.code = code;
        this.notation = notation;
        this.hoisted = hoisted;
    }

    /** Start is part 0 and step is part 1; nodes have keys from 0 up, and these are below. */
    static int key(Node.Ramp ramp, int part) {
        return ~(2 * ramp.operand() + part);
    }

    /** A vector of the numbers of the elements at that distance from the first. */
    int index(int distance) {
        code.lload(LoopWriter.INDEX).iload(LoopWriter.J).i2l().ladd().loadConstant((long) distance).ladd();
        code.invokestatic(Types.VECTORS, "count", MethodTypeDesc.of(Types.DOUBLES, CD_long));
        return stored();
    }

    void advance(int index, int step) {
        load(index);
        notation.constant(code, Node.Constant.of((double) step));
        apply(Op.ADD);
        notation.storeLocal(code, Kind.DOUBLE, index);
    }

    int vector(Node.Ramp ramp, int index) {
        load(hoisted.get(key(ramp, 0)));
        load(index);
        load(hoisted.get(key(ramp, 1)));
        apply(Op.MUL);
        apply(Op.ADD);
        return stored();
    }

    int single(Node.Ramp ramp) {
        load(hoisted.get(key(ramp, 0)));
        code.lload(LoopWriter.INDEX).iload(LoopWriter.J).i2l().ladd().l2d();
        load(hoisted.get(key(ramp, 1)));
        apply(Op.MUL);
        apply(Op.ADD);
        return stored();
    }

    /** Makes, before the loop, what is added to b*step; or to b, where the machine cannot fuse. */
    void prepareFours(Collection<Node> leaves) {
        for (Node leaf : leaves) {
            if (leaf instanceof Node.Ramp ramp) {
                int[] all = new int[Frame.FOUR];
                for (int quarter = 0; quarter < all.length; quarter++) {
                    notation.constant(code, Node.Constant.of((quarter - 1.0) * Frame.LANES));
                    if (notation.fuses()) {
                        load(hoisted.get(key(ramp, 1)));
                        apply(Op.MUL);
                    }
                    all[quarter] = stored();
                }
                distances.put(ramp.operand(), all);
            }
        }
    }

    int ofFour(Node.Ramp ramp, int index, int quarter, boolean fromZero) {
        int step = hoisted.get(key(ramp, 1));
        int distance = distances.get(ramp.operand())[quarter];
        int product;
        if (notation.fuses() && quarter != 1) {
            product = SumWriter.fused(code, index, step, distance);
        } else {
            load(index);
            if (quarter != 1) {
                load(distance);
                apply(Op.ADD);
            }
            load(step);
            apply(Op.MUL);
            product = stored();
        }
        return fromZero ? product : SumWriter.plain(code, hoisted.get(key(ramp, 0)), product);
    }

    private void load(int local) {
        notation.loadLocal(code, Kind.DOUBLE, local);
    }

    private void apply(Op op) {
        notation.apply(code, op, Kind.DOUBLE, Kind.DOUBLE);
    }

    private int stored() {
        int local = notation.newLocal(code, Kind.DOUBLE);
        notation.storeLocal(code, Kind.DOUBLE, local);
        return local;
    }
}
