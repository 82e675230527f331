package ghostrow.formula;

import java.util.List;

/**
 * The tree as it was written. A run of operators of one precedence is one flat {@link Chain}, so the
 * tree is never deeper than the text is nested, however many terms a sum has.
 */
sealed interface Syntax {
    int at();

    record Literal(String digits, int at) implements Syntax {
    }

    record Name(String name, int at) implements Syntax {
    }

    record Unary(String sign, Syntax operand, int at) implements Syntax {
    }

    record Power(Syntax base, Syntax exponent, int at) implements Syntax {
    }

    record Chain(Syntax first, List<Link> rest, int at) implements Syntax {
    }

    record Link(String sign, int at, Syntax operand) {
    }

    record Call(String function, List<Syntax> arguments, int at) implements Syntax {
    }

    record Slice(Name operand, List<Bounds> axes, int at) implements Syntax {
    }

    /** {@code low:high}; either is null where it is left out. */
    record Bounds(Syntax low, Syntax high, int at) {
    }
}
