package ghostrow.formula;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Tree to typed graph: finds what names mean, and checks and converts kinds and shapes. */
final class Checker {
    /** NumExpr multiplies out whole powers up to this one. */
    private static final int LARGEST_MULTIPLIED = 50;

    private static final Map<String, Integer> ARGUMENTS = Map.of("where", 3, "arctan2", 2);
    private static final Map<String, Op> FUNCTIONS = Map.ofEntries(
        Map.entry("where", Op.WHERE), Map.entry("sin", Op.SIN), Map.entry("cos", Op.COS),
        Map.entry("tan", Op.TAN), Map.entry("arcsin", Op.ARCSIN), Map.entry("arccos", Op.ARCCOS),
        Map.entry("arctan", Op.ARCTAN), Map.entry("arctan2", Op.ARCTAN2), Map.entry("sinh", Op.SINH),
        Map.entry("cosh", Op.COSH), Map.entry("tanh", Op.TANH), Map.entry("arcsinh", Op.ARCSINH),
        Map.entry("arccosh", Op.ARCCOSH), Map.entry("arctanh", Op.ARCTANH), Map.entry("log", Op.LOG),
        Map.entry("log10", Op.LOG10), Map.entry("log1p", Op.LOG1P), Map.entry("exp", Op.EXP),
        Map.entry("expm1", Op.EXPM1), Map.entry("sqrt", Op.SQRT), Map.entry("abs", Op.ABS));
    private static final Map<String, Reduction> REDUCTIONS = Map.of(
        "sum", Reduction.SUM, "product", Reduction.PRODUCT, "prod", Reduction.PRODUCT, "min", Reduction.MIN,
        "max", Reduction.MAX, "mean", Reduction.MEAN, "count", Reduction.COUNT, "any", Reduction.ANY,
        "all", Reduction.ALL);
    private static final Map<String, Node.Constant> CONSTANTS = Map.of(
        "pi", Node.Constant.of(Math.PI), "e", Node.Constant.of(Math.E),
        "True", Node.Constant.of(true), "False", Node.Constant.of(false));
    private static final Map<String, Op> SIGNS = Map.ofEntries(
        Map.entry("+", Op.ADD), Map.entry("-", Op.SUB), Map.entry("*", Op.MUL), Map.entry("/", Op.DIV),
        Map.entry("%", Op.MOD), Map.entry("<<", Op.SHL), Map.entry(">>", Op.SHR), Map.entry("&", Op.AND),
        Map.entry("|", Op.OR), Map.entry("<", Op.LT), Map.entry("<=", Op.LE), Map.entry("==", Op.EQ),
        Map.entry("!=", Op.NE), Map.entry(">=", Op.GE), Map.entry(">", Op.GT));

    /** A node and the shape of what it stands for. */
    private record Value(int node, Shape shape) {
    }

    /** A checked formula. */
    record Checked(Graph graph, int root, Shape shape, Reduction reduction) {
    }

    private final String text;
    private final List<String> operandNames;
    private final List<Operand> operands;
    private final Map<String, Number> parameters;
    private final Graph graph = new Graph();

    private Checker(String text, Map<String, Operand> operands, Map<String, Number> parameters) {
        this.text = text;
        this.operandNames = List.copyOf(operands.keySet());
        this.operands = List.copyOf(operands.values());
        this.parameters = parameters;
    }

    static Checked check(String text, Syntax tree, Map<String, Operand> operands, Map<String, Number> parameters) {
        Checker checker = new Checker(text, operands, parameters);
        Reduction reduction = Reduction.NONE;
        Syntax body = tree;
        if (tree instanceof Syntax.Call call && REDUCTIONS.containsKey(call.function())) {
            checker.arguments(call, 1);
            reduction = REDUCTIONS.get(call.function());
            body = call.arguments().getFirst();
        }
        Value value = checker.value(body);
        return new Checked(checker.graph, value.node, value.shape, reduction);
    }

    private Value value(Syntax tree) {
        return switch (tree) {
            case Syntax.Literal literal -> single(literal(literal));
            case Syntax.Name name -> name(name);
            case Syntax.Unary unary -> unary(unary);
            case Syntax.Power power -> power(power);
            case Syntax.Chain chain -> chain(chain);
            case Syntax.Call call -> call(call);
            case Syntax.Slice slice -> slice(slice);
        };
    }

    private Value single(Node node) {
        return new Value(graph.add(node), new Shape.Single());
    }

    private Node literal(Syntax.Literal literal) {
        String digits = literal.digits();
        boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
        try {
            if (hexadecimal) {
                return Node.Constant.of(Long.parseLong(digits.substring(2), 16));
            }
            if (digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                if (digits.length() > 1 && digits.startsWith("0")) {
                    throw error(literal, "an integer does not start with 0; write it without");
                }
                return Node.Constant.of(Long.parseLong(digits));
            }
        } catch (NumberFormatException e) {
            throw error(literal, hexadecimal && digits.length() == 2 ? "0x without digits"
                : Token.abbreviate(digits) + " does not fit in 64 bits; write it with a point to compute in doubles");
        }
        return Node.Constant.of(Double.parseDouble(digits));
    }

    private Value name(Syntax.Name name) {
        int operand = operandNames.indexOf(name.name());
        if (operand >= 0) {
            return switch (operands.get(operand)) {
                case Operand.Vector v -> new Value(graph.add(new Node.Load(operand, v.kind(), 0, 0)),
                    new Shape.Line(v.length()));
                case Operand.Grid g -> new Value(graph.add(new Node.Load(operand, g.kind(), 0, 0)),
                    new Shape.Plane(g.rows(), g.columns()));
                case Operand.Ramp _ -> new Value(graph.add(new Node.Ramp(operand)),
                    new Shape.Line(Operand.Vector.ANY));
                case Operand.Scalar s -> single(new Node.Scalar(operand, s.kind()));
            };
        }
        Number parameter = parameters.get(name.name());
        if (parameter != null) {
            return single(parameter instanceof Double || parameter instanceof Float
                ? Node.Constant.of(parameter.doubleValue()) : Node.Constant.of(parameter.longValue()));
        }
        Node.Constant constant = CONSTANTS.get(name.name());
        if (constant != null) {
            return single(constant);
        }
        if (FUNCTIONS.containsKey(name.name()) || REDUCTIONS.containsKey(name.name())) {
            throw error(name, "'" + name.name() + "' is a function; write " + name.name() + "(...)");
        }
        Collection<String> known = new ArrayList<>(operandNames);
        known.addAll(parameters.keySet());
        known.addAll(CONSTANTS.keySet());
        throw error(name, "unknown name '" + Token.abbreviate(name.name()) + "'"
            + Names.suggestion(name.name(), known));
    }

    private Value unary(Syntax.Unary unary) {
        Value operand = value(unary.operand());
        Kind kind = graph.kind(operand.node);
        boolean fits = unary.sign().equals("~") ? kind != Kind.DOUBLE : kind != Kind.BOOL;
        if (!fits) {
            throw error(unary, kind == Kind.BOOL ? "'" + unary.sign() + "' of a bool; 'not' is written ~"
                : "'~' takes bool or int64, this is " + kind);
        }
        return unary.sign().equals("+") ? operand
            : new Value(graph.apply(unary.sign().equals("-") ? Op.NEG : Op.NOT, kind, operand.node), operand.shape);
    }

    private Value chain(Syntax.Chain chain) {
        Value left = value(chain.first());
        for (Syntax.Link link : chain.rest()) {
            Value right = value(link.operand());
            Shape shape = common(left.shape, right.shape, link.at());
            left = new Value(binary(link, left.node, right.node), shape);
        }
        return left;
    }

    private Shape common(Shape a, Shape b, int at) {
        Shape shape = Shape.common(a, b);
        if (shape == null) {
            throw new FormulaException(text, at, "shapes " + a + " and " + b + " do not match");
        }
        return shape;
    }

    private int binary(Syntax.Link link, int a, int b) {
        Op op = SIGNS.get(link.sign());
        Kind widest = graph.kind(a).widest(graph.kind(b));
        Kind atLeastLong = widest.widest(Kind.LONG);
        return switch (op) {
            case ADD -> widest == Kind.BOOL ? graph.apply(Op.OR, widest, a, b) : same(op, widest, a, b);
            case MUL -> widest == Kind.BOOL ? graph.apply(Op.AND, widest, a, b) : same(op, widest, a, b);
            case SUB -> {
                if (widest == Kind.BOOL) {
                    throw new FormulaException(text, link.at(), "'-' of two bools; 'differ' is written !=");
                }
                yield same(op, widest, a, b);
            }
            case DIV -> same(op, Kind.DOUBLE, a, b);
            case MOD -> same(op, atLeastLong, a, b);
            case SHL, SHR, AND, OR -> {
                if (widest == Kind.DOUBLE) {
                    throw new FormulaException(text, link.at(), "'" + link.sign() + "' takes bool or int64, not "
                        + graph.kind(a) + " and " + graph.kind(b)
                        + (op == Op.AND || op == Op.OR ? "; put comparisons in parentheses" : ""));
                }
                yield same(op, op == Op.AND || op == Op.OR ? widest : Kind.LONG, a, b);
            }
            default -> graph.apply(op, Kind.BOOL, convert(a, atLeastLong), convert(b, atLeastLong));
        };
    }

    private int same(Op op, Kind kind, int a, int b) {
        return graph.apply(op, kind, convert(a, kind), convert(b, kind));
    }

    private int convert(int node, Kind kind) {
        return graph.kind(node) == kind ? node
            : graph.apply(kind == Kind.LONG ? Op.TO_LONG : Op.TO_DOUBLE, kind, node);
    }

    private Value power(Syntax.Power power) {
        Value base = value(power.base());
        Value exponent = value(power.exponent());
        Shape shape = common(base.shape, exponent.shape, power.at());
        Kind kind = graph.kind(base.node).widest(graph.kind(exponent.node)).widest(Kind.LONG);
        int a = convert(base.node, kind);
        if (graph.get(exponent.node) instanceof Node.Constant constant) {
            if (kind == Kind.LONG && constant.bits() < 0) {
                throw error(power, "an integer to a negative power is no integer; write the base with a point");
            }
            int multiplied = multiplied(a, ((Node.Constant) graph.get(convert(exponent.node, Kind.DOUBLE))).asDouble());
            if (multiplied >= 0) {
                return new Value(multiplied, shape);
            }
        }
        return new Value(graph.apply(Op.POW, kind, a, convert(exponent.node, kind)), shape);
    }

    /** The power as the multiplications NumExpr makes of it, or -1 where it would not. */
    private int multiplied(int a, double exponent) {
        if (graph.get(a) instanceof Node.Constant) {
            return -1;
        }
        Kind kind = graph.kind(a);
        if (exponent == 0.5) {
            return graph.apply(Op.SQRT, kind, a);
        }
        if (exponent != Math.rint(exponent) || Math.abs(exponent) > LARGEST_MULTIPLIED) {
            return -1;
        }
        int one = graph.add(kind == Kind.LONG ? Node.Constant.of(1L) : Node.Constant.of(1.0));
        int result = -1;
        int square = a;
        for (int rest = (int) Math.abs(exponent); rest != 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result = result < 0 ? square : graph.apply(Op.MUL, kind, result, square);
            }
            if (rest > 1) {
                square = graph.apply(Op.MUL, kind, square, square);
            }
        }
        result = result < 0 ? one : result;
        return exponent < 0 ? graph.apply(Op.DIV, kind, one, result) : result;
    }

    private Value call(Syntax.Call call) {
        String name = call.function();
        if (REDUCTIONS.containsKey(name)) {
            throw error(call, "'" + name + "' must be the outermost operation of the formula");
        }
        Op op = FUNCTIONS.get(name);
        if (op == null) {
            Collection<String> known = new ArrayList<>(FUNCTIONS.keySet());
            known.addAll(REDUCTIONS.keySet());
            throw error(call, operandNames.contains(name) || parameters.containsKey(name)
                ? "'" + name + "' is not a function; write * to multiply"
                : "unknown function '" + Token.abbreviate(name) + "'" + Names.suggestion(name, known));
        }
        arguments(call, ARGUMENTS.getOrDefault(name, 1));
        Shape shape = new Shape.Single();
        int[] nodes = new int[call.arguments().size()];
        for (int i = 0; i < nodes.length; i++) {
            Value argument = value(call.arguments().get(i));
            shape = common(shape, argument.shape, call.arguments().get(i).at());
            nodes[i] = argument.node;
        }
        return new Value(function(call, op, nodes), shape);
    }

    private int function(Syntax.Call call, Op op, int... nodes) {
        if (op == Op.WHERE) {
            Kind condition = graph.kind(nodes[0]);
            if (condition != Kind.BOOL) {
                throw error(call.arguments().getFirst(), "the condition of where() is bool, this is " + condition
                    + "; compare it with something");
            }
            Kind kind = graph.kind(nodes[1]).widest(graph.kind(nodes[2]));
            return graph.apply(op, kind, nodes[0], convert(nodes[1], kind), convert(nodes[2], kind));
        }
        if (op == Op.ABS && graph.kind(nodes[0]) != Kind.DOUBLE) {
            return graph.kind(nodes[0]) == Kind.BOOL ? nodes[0] : graph.apply(op, Kind.LONG, nodes[0]);
        }
        int[] doubles = new int[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            doubles[i] = convert(nodes[i], Kind.DOUBLE);
        }
        return graph.apply(op, Kind.DOUBLE, doubles);
    }

    private void arguments(Syntax.Call call, int wanted) {
        int found = call.arguments().size();
        if (found != wanted) {
            throw error(call, call.function() + "() takes " + wanted + (wanted == 1 ? " argument" : " arguments")
                + ", found " + found);
        }
    }

    private Value slice(Syntax.Slice slice) {
        Value whole = name(slice.operand());
        if (!(graph.get(whole.node) instanceof Node.Load load)) {
            throw error(slice, "'" + slice.operand().name() + "' cannot be sliced; only operands in memory can");
        }
        int axes = whole.shape instanceof Shape.Plane ? 2 : 1;
        if (slice.axes().size() > axes) {
            throw error(slice, "'" + slice.operand().name() + "' has " + axes
                + (axes == 1 ? " axis" : " axes") + ", the slice " + slice.axes().size());
        }
        if (whole.shape instanceof Shape.Plane plane) {
            long[] rows = range(slice.axes().getFirst(), plane.rows());
            long[] columns = slice.axes().size() == 1 ? new long[] {0, plane.columns()}
                : range(slice.axes().get(1), plane.columns());
            return new Value(graph.add(new Node.Load(load.operand(), load.kind(), rows[0], columns[0])),
                new Shape.Plane(rows[1], columns[1]));
        }
        long length = ((Shape.Line) whole.shape).length();
        if (length == Operand.Vector.ANY) {
            throw error(slice, "'" + slice.operand().name() + "' cannot be sliced; its length is not known");
        }
        long[] range = range(slice.axes().getFirst(), length);
        return new Value(graph.add(new Node.Load(load.operand(), load.kind(), 0, range[0])),
            new Shape.Line(range[1]));
    }

    /** Start and length, clipped to the axis as Python does. */
    private long[] range(Syntax.Bounds bounds, long length) {
        long low = bounds.low() == null ? 0 : bound(bounds.low(), length);
        long high = bounds.high() == null ? length : bound(bounds.high(), length);
        return new long[] {low, Math.max(0, high - low)};
    }

    private long bound(Syntax tree, long length) {
        Value value = value(tree);
        if (!(graph.get(value.node) instanceof Node.Constant constant) || constant.kind() != Kind.LONG
            || !(value.shape instanceof Shape.Single)) {
            throw error(tree, "a slice is bounded by integers and integer parameters, this is "
                + graph.kind(value.node));
        }
        return Math.clamp(constant.bits() < 0 ? constant.bits() + length : constant.bits(), 0, length);
    }

    private FormulaException error(Syntax place, String message) {
        return new FormulaException(text, place.at(), message);
    }
}
