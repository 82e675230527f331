package ghostrow.formula;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A sum or difference of which one term is a power of two times something: {@code other + factor * doubled}. Such a
 * product is exact unless it overflows, so that a fused multiplication and addition gives the same bits.
 *
 * @param product the node of the product, which nothing else uses
 */
record Doubling(int product, double factor, int doubled, int other) {
    /** Those of a loop, by the node of the sum. */
    static Map<Integer, Doubling> in(Plan plan, int stage) {
        Map<Integer, Integer> uses = new HashMap<>();
        for (int node : plan.order()) {
            ((Node.Apply) plan.graph().get(node)).arguments().forEach(argument -> uses.merge(argument, 1, Integer::sum));
        }
        Set<Integer> bounded = bounded(plan);
        Map<Integer, Doubling> found = new HashMap<>();
        for (int node : plan.stages().get(stage).operations()) {
            Node.Apply sum = (Node.Apply) plan.graph().get(node);
            if (sum.kind() != Kind.DOUBLE || sum.op() != Op.ADD && sum.op() != Op.SUB || plan.slot(node) != null) {
                continue;
            }
            int left = sum.arguments().get(0);
            int right = sum.arguments().get(1);
            Doubling doubling = of(plan, right, left, sum.op() == Op.SUB);
            if (doubling == null && sum.op() == Op.ADD) {
                doubling = of(plan, left, right, false);
            }
            if (doubling != null && uses.get(doubling.product) == 1 && plan.isInStage(doubling.product, stage)
                    && bounded.contains(doubling.product)) {
                found.put(node, doubling);
            }
        }
        return found;
    }

    /** What is made of numbers by operations that tell how large their results can be at most. */
    private static Set<Integer> bounded(Plan plan) {
        Set<Integer> bounded = new HashSet<>();
        for (int node : plan.order()) {
            Node.Apply apply = (Node.Apply) plan.graph().get(node);
            if (apply.kind() == Kind.DOUBLE && Tameness.bounds(apply.op()) && apply.arguments().stream().allMatch(
                    argument -> bounded.contains(argument) || !(plan.graph().get(argument) instanceof Node.Apply))) {
                bounded.add(node);
            }
        }
        return bounded;
    }

    private static Doubling of(Plan plan, int product, int other, boolean negative) {
        if (!(plan.graph().get(product) instanceof Node.Apply apply) || apply.op() != Op.MUL) {
            return null;
        }
        for (int side = 0; side < 2; side++) {
            if (plan.graph().get(apply.arguments().get(side)) instanceof Node.Constant constant
                    && isPowerOfTwo(constant.asDouble())) {
                double factor = negative ? -constant.asDouble() : constant.asDouble();
                return new Doubling(product, factor, apply.arguments().get(1 - side), other);
            }
        }
        return null;
    }

    /** At least 2: smaller ones can lose bits of numbers near the smallest. */
    private static boolean isPowerOfTwo(double x) {
        return Math.abs(x) >= 2 && Double.isFinite(x) && x == Math.copySign(Math.scalb(1.0, Math.getExponent(x)), x);
    }
}
