package ghostrow.comm.check;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import ghostrow.comm.CommCall;
import java.lang.foreign.MemorySegment;

/**
 * A rank's part in a collective call, as it asks for it.
 *
 * @param root    nobody where it has none
 * @param op      null where nothing is combined
 * @param mine    what the rank gives
 * @param result  where the rank gets something
 * @param out     the lengths of the parts that the rank gives; null where it does not say
 * @param in      the lengths of the parts that the rank gets
 * @param number  what a counter, a window or a group is asked for with
 */
record Act(CommCall call, Place place, int root, Op op, Type type, MemorySegment mine, MemorySegment result, long[] out,
        long[] in, long number, long order) {
    private static final int NO_ROOT = -1;

    static Act of(CommCall call, Place place) {
        return new Act(call, place, NO_ROOT, null, null, MemorySegment.NULL, MemorySegment.NULL, null, null, 0, 0);
    }

    Act from(int root) {
        return new Act(call, place, root, op, type, mine, result, out, in, number, order);
    }

    Act combining(Op op, Type type) {
        return new Act(call, place, root, op, type, mine, result, out, in, number, order);
    }

    Act over(MemorySegment mine, MemorySegment result) {
        return new Act(call, place, root, op, type, mine, result, out, in, number, order);
    }

    Act inParts(long[] out, long[] in) {
        return new Act(call, place, root, op, type, mine, result, out, in, number, order);
    }

    Act with(long number, long order) {
        return new Act(call, place, root, op, type, mine, result, out, in, number, order);
    }

    boolean hasRoot() {
        return root != NO_ROOT;
    }

    String shown() {
        String inner = op == null ? "" : op.toString();
        if (hasRoot()) {
            inner += (inner.isEmpty() ? "" : ", ") + "root " + root;
        }
        return place.call() + "(" + inner + ")";
    }
}
