package ghostrow.formula;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Writes a graph as OpenCL C, a line a node. Only what every device rounds as Java does is written: arithmetic,
 * comparisons, square roots. Other functions have other last bits on each device.
 */
final class DeviceWriter {
    private static final String KERNEL = "formula";
    private static final String FLOAT_MOD = """
            double floatMod(double a, double b) {
                const double rest = fmod(a, b);
                return b == 0 ? rest : rest == 0 ? copysign(0.0, b) : (b < 0) != (rest < 0) ? rest + b : rest;
            }

            """;
    private static final String INTEGER_MOD = """
            long integerMod(long a, long b) {
                if (b == 0 || b == -1) {
                    return 0;
                }
                const long rest = a % b;
                return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
            }

            """;

    private final String text;
    private final Plan plan;
    private final boolean isGrid;
    private final List<String> names;
    private final List<DeviceText.Place> places = new ArrayList<>();
    private final List<DeviceText.Value> values = new ArrayList<>();

    /** @param shifts of each operand in memory, grouped: those that are read through one pointer */
    DeviceWriter(String text, Plan plan, boolean isGrid, Map<String, Operand> operands,
                 Map<String, List<List<Long>>> shifts) {
        this.text = text;
        this.plan = plan;
        this.isGrid = isGrid;
        this.names = List.copyOf(operands.keySet());
        operands.forEach((name, operand) -> {
            switch (operand) {
                case Operand.Vector _, Operand.Grid _ ->
                    shifts.get(name).forEach(group -> places.add(place(name, group)));
                case Operand.Scalar scalar -> values.add(new DeviceText.Value(name, scalar.kind(), false));
                case Operand.Ramp _ -> values.add(new DeviceText.Value(name, Kind.DOUBLE, true));
            }
        });
    }

    private DeviceText.Place place(String name, List<Long> group) {
        List<Node.Load> loads = live().stream().mapToObj(plan.graph()::get)
            .filter(node -> node instanceof Node.Load load && names.get(load.operand()).equals(name)
                && group.contains(shift(load))).map(node -> (Node.Load) node).toList();
        return new DeviceText.Place(name, loads.getFirst().kind(), group,
            isGrid ? loads.stream().mapToLong(Node.Load::columnShift).min().orElseThrow() : 0,
            isGrid ? loads.stream().mapToLong(Node.Load::columnShift).max().orElseThrow() : 0);
    }

    /** What the root is made of. */
    private BitSet live() {
        BitSet live = new BitSet();
        live.set(plan.root());
        plan.order().forEach(node -> {
            live.set(node);
            ((Node.Apply) plan.graph().get(node)).arguments().forEach(live::set);
        });
        return live;
    }

    private long shift(Node.Load load) {
        return isGrid ? load.rowShift() : load.columnShift();
    }

    DeviceText write() {
        plan.order().forEach(node -> refuse(((Node.Apply) plan.graph().get(node))));
        StringBuilder out = new StringBuilder();
        if (uses(Op.MOD, Kind.DOUBLE)) {
            out.append(FLOAT_MOD);
        }
        if (uses(Op.MOD, Kind.LONG)) {
            out.append(INTEGER_MOD);
        }
        out.append("kernel void ").append(KERNEL).append('(').append(String.join(",\n        ", parameters()))
            .append(") {\n");
        out.append(isGrid ? """
                const long column = get_global_id(0);
                const long item = get_global_id(1);
                if (column >= columns || item >= rows) {
                    return;
                }
                const long row = first + item;
            """ : """
                const long item = get_global_id(0);
                if (item >= count) {
                    return;
                }
                const long i = first + item;
            """);
        live().stream().forEach(node -> line(out, node));
        Kind kind = plan.graph().kind(plan.root());
        out.append("    out[outAt + ").append(isGrid ? "row*outStride + column" : "i").append("] = ")
            .append(kind == Kind.BOOL ? "(uchar)" : "").append(value(plan.root())).append(";\n}\n");
        return new DeviceText(out.toString(), KERNEL, kind, isGrid, List.copyOf(places), List.copyOf(values));
    }

    private void refuse(Node.Apply apply) {
        if (apply.op().isCall() && apply.op() != Op.MOD && apply.op() != Op.SHL && apply.op() != Op.SHR) {
            String sign = apply.op().sign();
            int at = Lexer.tokens(text).stream().filter(token -> token.text().equals(sign)).findFirst().map(Token::at)
                .orElse(0);
            throw new FormulaException(text, at, "'" + sign + "' is not computed on a device, where it would have "
                + "other bits; use the CPU, or a formula without it");
        }
    }

    private boolean uses(Op op, Kind kind) {
        return plan.order().stream().map(node -> (Node.Apply) plan.graph().get(node))
            .anyMatch(apply -> apply.op() == op && apply.kind() == kind);
    }

    private List<String> parameters() {
        List<String> all = new ArrayList<>();
        all.add(isGrid ? "long first, long rows, long columns" : "long first, long count");
        all.add("global " + stored(plan.graph().kind(plan.root())) + " *out, long outAt"
            + (isGrid ? ", long outStride" : ""));
        for (int i = 0; i < places.size(); i++) {
            all.add("global const " + stored(places.get(i).kind()) + " *" + name(i, places.get(i).operand())
                + ", long at" + i + (isGrid ? ", long stride" + i : ""));
        }
        for (int i = 0; i < values.size(); i++) {
            int number = places.size() + i;
            DeviceText.Value value = values.get(i);
            all.add(value.isRamp() ? "double start" + number + ", double step" + number
                : (value.kind() == Kind.BOOL ? "int" : type(value.kind())) + " " + name(number, value.operand()));
        }
        return all;
    }

    /** Users' names may be words of the language, or macros. */
    private static String name(int number, String operand) {
        return "in" + number + "_" + operand;
    }

    private static String stored(Kind kind) {
        return kind == Kind.BOOL ? "uchar" : type(kind);
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case BOOL -> "bool";
            case LONG -> "long";
            case DOUBLE -> "double";
        };
    }

    private void line(StringBuilder out, int number) {
        Node node = plan.graph().get(number);
        String right = switch (node) {
            case Node.Constant _, Node.Scalar _ -> null;
            case Node.Load load -> read(load);
            case Node.Ramp ramp -> ramp(names.get(ramp.operand()));
            case Node.Apply apply -> operation(apply);
        };
        if (right != null) {
            out.append("    const ").append(type(node.kind())).append(" v").append(number).append(" = ").append(right)
                .append(";\n");
        }
    }

    private String read(Node.Load load) {
        String operand = names.get(load.operand());
        int number = 0;
        while (!places.get(number).operand().equals(operand) || !places.get(number).shifts().contains(shift(load))) {
            number++;
        }
        String column = load.columnShift() == 0 ? "" : " + " + load.columnShift();
        String row = load.rowShift() == 0 ? "row" : "(row + " + load.rowShift() + ")";
        String element = name(number, operand) + "[at" + number + " + "
            + (isGrid ? row + "*stride" + number + " + column" : "i") + column + "]";
        return load.kind() == Kind.BOOL ? "(" + element + " & 1) != 0" : element;
    }

    private String ramp(String operand) {
        int number = places.size() + values.indexOf(new DeviceText.Value(operand, Kind.DOUBLE, true));
        return "start" + number + " + (double)i*step" + number;
    }

    private String operation(Node.Apply apply) {
        List<String> x = apply.arguments().stream().map(this::value).toList();
        String a = x.getFirst();
        String b = x.getLast();
        Kind kind = plan.graph().kind(apply.arguments().getLast());
        boolean doubles = kind == Kind.DOUBLE;
        return switch (apply.op()) {
            case ADD, SUB, MUL -> doubles ? a + " " + apply.op().sign() + " " + b
                : "(long)((ulong)" + a + " " + apply.op().sign() + " (ulong)" + b + ")";
            case DIV, LT, LE, EQ, NE, GE, GT, AND, OR -> a + " " + apply.op().sign() + " " + b;
            case NEG -> doubles ? "-" + a : "(long)(0UL - (ulong)" + a + ")";
            case ABS -> doubles ? "fabs(" + a + ")" : a + " < 0 ? (long)(0UL - (ulong)" + a + ") : " + a;
            case SQRT -> "sqrt(" + a + ")";
            case NOT -> (kind == Kind.BOOL ? "!" : "~") + a;
            case WHERE -> a + " ? " + x.get(1) + " : " + b;
            case TO_LONG -> "(long)" + a;
            case TO_DOUBLE -> "(double)" + a;
            case MOD -> (doubles ? "floatMod(" : "integerMod(") + a + ", " + b + ")";
            case SHL -> "(ulong)" + b + " < 64UL ? (long)((ulong)" + a + " << (ulong)" + b + ") : 0L";
            case SHR -> a + " >> ((ulong)" + b + " < 64UL ? " + b + " : 63L)";
            default -> throw new IllegalStateException(apply.op() + " on a device");
        };
    }

    /** As it stands within an operation. */
    private String value(int number) {
        return switch (plan.graph().get(number)) {
            case Node.Constant constant -> literal(constant);
            case Node.Scalar scalar -> {
                DeviceText.Value value = new DeviceText.Value(names.get(scalar.operand()), scalar.kind(), false);
                String name = name(places.size() + values.indexOf(value), value.operand());
                yield scalar.kind() == Kind.BOOL ? "(" + name + " != 0)" : name;
            }
            default -> "v" + number;
        };
    }

    private static String literal(Node.Constant constant) {
        return switch (constant.kind()) {
            case BOOL -> constant.bits() != 0 ? "true" : "false";
            case LONG -> constant.bits() == Long.MIN_VALUE ? "(-" + Long.MAX_VALUE + "L - 1L)"
                : inParentheses(constant.bits() + "L");
            case DOUBLE -> Double.isFinite(constant.asDouble()) ? inParentheses(Double.toHexString(constant.asDouble()))
                : "as_double(0x" + Long.toHexString(constant.bits()) + "UL)";
        };
    }

    private static String inParentheses(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }
}
