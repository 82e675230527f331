package ghostrow.formula;

import java.util.Locale;

/** What is done with the elements of a formula: each kept, or one number made of all. */
public enum Reduction {
    NONE(null), SUM(Fold.ADD), PRODUCT(Fold.MULTIPLY), MIN(Fold.LEAST), MAX(Fold.LARGEST),

    /** The sum of the elements as doubles, divided by their number. */
    MEAN(Fold.ADD),

    /** How many are true, or not zero. */
    COUNT(Fold.ADD),

    /** The largest of truth values that are 0 and 1, and the least. */
    ANY(Fold.LARGEST), ALL(Fold.LEAST);

    private final Fold fold;

    Reduction(Fold fold) {
        this.fold = fold;
    }

    Fold fold() {
        return fold;
    }

    /** The kind of the total. */
    Kind kind(Kind elements) {
        return switch (this) {
            case NONE, MIN, MAX -> elements;
            case SUM, PRODUCT -> elements.widest(Kind.LONG);
            case MEAN -> Kind.DOUBLE;
            case COUNT -> Kind.LONG;
            case ANY, ALL -> Kind.BOOL;
        };
    }

    /** The node of what is folded, int64 or float64, made of the node of the elements. */
    int terms(Graph graph, int elements) {
        Kind kind = graph.kind(elements);
        return switch (this) {
            case NONE -> elements;
            case SUM, PRODUCT, MIN, MAX -> kind == Kind.BOOL ? graph.apply(Op.TO_LONG, Kind.LONG, elements) : elements;
            case MEAN -> kind == Kind.DOUBLE ? elements : graph.apply(Op.TO_DOUBLE, Kind.DOUBLE, elements);
            case COUNT, ANY, ALL -> graph.apply(Op.TO_LONG, Kind.LONG, switch (kind) {
                case BOOL -> elements;
                case LONG -> graph.apply(Op.NE, Kind.BOOL, elements, graph.add(Node.Constant.of(0L)));
                case DOUBLE -> graph.apply(Op.NE, Kind.BOOL, elements, graph.add(Node.Constant.of(0.0)));
            });
        };
    }

    /** Whether there is a total of no elements. */
    boolean takesNothing() {
        return this != MIN && this != MAX;
    }

    /** As it is written in a formula. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
