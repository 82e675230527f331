package ghostrow.formula;

/** Operations on constants, done at compile time by the same methods as at run time. */
final class Folding {
    private Folding() {
    }

    static Node.Constant fold(Op op, Kind kind, Node.Constant... x) {
        return switch (op) {
            case TO_DOUBLE -> Node.Constant.of((double) x[0].bits());
            case TO_LONG -> Node.Constant.of(x[0].bits());
            case WHERE -> x[0].bits() != 0 ? x[1] : x[2];
            default -> x[0].kind() == Kind.DOUBLE ? doubles(op, x) : integers(op, kind, x);
        };
    }

    private static Node.Constant integers(Op op, Kind kind, Node.Constant... x) {
        long a = x[0].bits();
        long b = x.length > 1 ? x[1].bits() : 0;
        long bits = switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case NEG -> -a;
            case ABS -> Math.abs(a);
            case AND -> a & b;
            case OR -> a | b;
            case NOT -> kind == Kind.BOOL ? 1 - a : ~a;
            case LT -> a < b ? 1 : 0;
            case LE -> a <= b ? 1 : 0;
            case EQ -> a == b ? 1 : 0;
            case NE -> a != b ? 1 : 0;
            case GE -> a >= b ? 1 : 0;
            case GT -> a > b ? 1 : 0;
            case MOD -> Functions.mod(a, b);
            case POW -> Functions.power(a, b);
            case SHL -> Functions.shiftLeft(a, b);
            case SHR -> Functions.shiftRight(a, b);
            default -> throw new IllegalStateException(op + " of integers");
        };
        return new Node.Constant(kind, bits);
    }

    private static Node.Constant doubles(Op op, Node.Constant... x) {
        double a = x[0].asDouble();
        double b = x.length > 1 ? x[1].asDouble() : 0;
        return switch (op) {
            case LT -> Node.Constant.of(a < b);
            case LE -> Node.Constant.of(a <= b);
            case EQ -> Node.Constant.of(a == b);
            case NE -> Node.Constant.of(a != b);
            case GE -> Node.Constant.of(a >= b);
            case GT -> Node.Constant.of(a > b);
            case ADD -> Node.Constant.of(a + b);
            case SUB -> Node.Constant.of(a - b);
            case MUL -> Node.Constant.of(a * b);
            case DIV -> Node.Constant.of(a / b);
            case NEG -> Node.Constant.of(-a);
            case ABS -> Node.Constant.of(Math.abs(a));
            case SQRT -> Node.Constant.of(StrictMath.sqrt(a));
            case MOD -> Node.Constant.of(Functions.mod(a, b));
            case POW -> Node.Constant.of(Functions.power(a, b));
            case SIN -> Node.Constant.of(Functions.sin(a));
            case COS -> Node.Constant.of(Functions.cos(a));
            case TAN -> Node.Constant.of(Functions.tan(a));
            case ARCSIN -> Node.Constant.of(Functions.arcsin(a));
            case ARCCOS -> Node.Constant.of(Functions.arccos(a));
            case ARCTAN -> Node.Constant.of(Functions.arctan(a));
            case ARCTAN2 -> Node.Constant.of(Functions.arctan2(a, b));
            case SINH -> Node.Constant.of(Functions.sinh(a));
            case COSH -> Node.Constant.of(Functions.cosh(a));
            case TANH -> Node.Constant.of(Functions.tanh(a));
            case ARCSINH -> Node.Constant.of(Functions.arcsinh(a));
            case ARCCOSH -> Node.Constant.of(Functions.arccosh(a));
            case ARCTANH -> Node.Constant.of(Functions.arctanh(a));
            case LOG -> Node.Constant.of(Functions.log(a));
            case LOG10 -> Node.Constant.of(Functions.log10(a));
            case LOG1P -> Node.Constant.of(Functions.log1p(a));
            case EXP -> Node.Constant.of(Functions.exp(a));
            case EXPM1 -> Node.Constant.of(Functions.expm1(a));
            default -> throw new IllegalStateException(op + " of doubles");
        };
    }
}
