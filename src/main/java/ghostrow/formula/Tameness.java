package ghostrow.formula;

import java.util.HashMap;
import java.util.Map;

/** Whether the numbers of a run stay so far from overflow that what is fused rounds as what is not. */
final class Tameness {
    private static final double LARGE = 0x1p1000;
    private static final long LONG = 1L << 52;

    private Tameness() {
    }

    /** Whether {@link #of} knows how large the results of the operation can be. */
    static boolean bounds(Op op) {
        return op == Op.ADD || op == Op.SUB || op == Op.MUL || op == Op.NEG || op == Op.ABS;
    }

    static boolean of(Plan plan, long[] scalars, long length) {
        if (length > LONG) {
            return false;
        }
        Map<Integer, Double> most = new HashMap<>();
        for (int node = 0; node < plan.graph().size(); node++) {
            double bound = switch (plan.graph().get(node)) {
                case Node.Apply apply when bounds(apply.op()) -> {
                    double x = most.get(apply.arguments().getFirst());
                    double y = most.get(apply.arguments().getLast());
                    yield apply.op() == Op.MUL ? x * y : apply.arguments().size() == 1 ? x : x + y;
                }
                case Node.Apply _ -> Double.POSITIVE_INFINITY;
                case Node leaf -> leaf(leaf, scalars, length);
            };
            if (bound < 0) {
                return false;
            }
            most.put(node, bound);
        }
        for (int stage = 0; stage < plan.stages().size(); stage++) {
            if (Doubling.in(plan, stage).values().stream().anyMatch(d -> !(most.get(d.product()) < LARGE))) {
                return false;
            }
        }
        return true;
    }

    /** The largest modulus; negative for a ramp of extreme steps. */
    private static double leaf(Node node, long[] scalars, long length) {
        return switch (node) {
            case Node.Constant c when c.kind() == Kind.DOUBLE -> Math.abs(c.asDouble());
            case Node.Scalar s when s.kind() == Kind.DOUBLE -> Math.abs(Double.longBitsToDouble(scalars[2 * s.operand()]));
            case Node.Ramp r -> {
                double start = Math.abs(Double.longBitsToDouble(scalars[2 * r.operand()]));
                double step = Math.abs(Double.longBitsToDouble(scalars[2 * r.operand() + 1]));
                yield step > 0 && step < LARGE ? start + length * step : -1;
            }
            default -> Double.POSITIVE_INFINITY;
        };
    }
}
