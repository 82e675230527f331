package ghostrow.formula;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells what became of a formula. */
final class Explanation {
    private static final int MOST_LINES = 400;

    private final Compiled compiled;
    private final Plan plan;
    private final List<String> names;
    private final boolean vectors;
    private final StringBuilder out = new StringBuilder();
    private final Set<Integer> shown = new HashSet<>();
    private int lines;

    Explanation(Compiled compiled, boolean vectors) {
        this.compiled = compiled;
        this.plan = compiled.plan();
        this.names = List.copyOf(compiled.operands().keySet());
        this.vectors = vectors;
    }

    String text() {
        head();
        costs();
        line("bytecode");
        compiled.classes().forEach(bytes -> listing(ClassFile.of().parse(bytes)));
        return out.toString();
    }

    String text(DeviceText device) {
        head();
        operations();
        line("OpenCL C");
        device.source().lines().forEach(source -> line("  " + source));
        return out.toString().replaceAll("(?m) +$", "");
    }

    private void head() {
        line("formula     " + compiled.text().strip());
        line("result      " + compiled.kind() + " " + compiled.shape()
            + (compiled.reduction() == Reduction.NONE ? "" : ", reduced by " + compiled.reduction()));
        compiled.operands().forEach((name, operand) -> line("operand     " + name + ": " + describe(operand)));
        line("tree");
        tree();
    }

    private void operations() {
        line("operations  " + plan.order().size() + " an element; " + plan.graph().shared()
            + " more were the same as another");
    }

    private void costs() {
        operations();
        long elementwise = plan.order().size() + plan.graph().shared();
        line("temporaries " + plan.slots() + " of " + Frame.BLOCK + " elements in cache; "
            + Math.max(0, elementwise - 1 - plan.slots()) + " whole arrays saved against one an operation");
        line("loops       " + plan.stages().size() + ", " + (vectors ? Vectors.WIDTH + " doubles a vector"
            : "without vectors"));
        if (vectors) {
            line("registers   " + mostLive() + " vectors live at once, constants included");
        }
    }

    /** Values alive at the busiest place, over all loops. */
    private int mostLive() {
        int most = 0;
        for (int stage = 0; stage < plan.stages().size(); stage++) {
            List<Integer> operations = plan.stages().get(stage).operations();
            Map<Integer, Integer> lastUse = new HashMap<>();
            Set<Integer> everywhere = new HashSet<>();
            for (int step = 0; step < operations.size(); step++) {
                for (int argument : ((Node.Apply) plan.graph().get(operations.get(step))).arguments()) {
                    lastUse.put(argument, step);
                    Node node = plan.graph().get(argument);
                    if (node instanceof Node.Constant || node instanceof Node.Scalar) {
                        everywhere.add(argument);
                    }
                }
            }
            Set<Integer> alive = new HashSet<>(everywhere);
            for (int step = 0; step < operations.size(); step++) {
                int now = step;
                alive.addAll(((Node.Apply) plan.graph().get(operations.get(step))).arguments());
                alive.add(operations.get(step));
                most = Math.max(most, alive.size());
                alive.removeIf(node -> lastUse.getOrDefault(node, now) <= now && !everywhere.contains(node)
                    && lastUse.containsKey(node));
            }
        }
        return most;
    }

    private static String describe(Operand operand) {
        return switch (operand) {
            case Operand.Vector v -> v.kind() + " " + new Shape.Line(v.length());
            case Operand.Grid g -> g.kind() + " " + new Shape.Plane(g.rows(), g.columns());
            case Operand.Ramp _ -> "float64, start + i * step";
            case Operand.Scalar s -> s.kind() + ", one number";
        };
    }

    /** Depth first with a stack of its own: a sum of thousands of terms is that deep. */
    private void tree() {
        record Visit(int node, int depth) {
        }
        List<Visit> stack = new ArrayList<>(List.of(new Visit(plan.root(), 1)));
        int budget = MOST_LINES;
        while (!stack.isEmpty()) {
            Visit visit = stack.removeLast();
            if (budget-- == 0) {
                line("  ...");
                return;
            }
            Node node = plan.graph().get(visit.node);
            boolean again = node instanceof Node.Apply && !shown.add(visit.node);
            line("  ".repeat(Math.min(visit.depth, 40)) + label(visit.node, node) + (again ? " (as above)" : ""));
            if (node instanceof Node.Apply apply && !again) {
                for (int argument : apply.arguments().reversed()) {
                    stack.add(new Visit(argument, visit.depth + 1));
                }
            }
        }
    }

    private String label(int number, Node node) {
        return switch (node) {
            case Node.Constant c -> (switch (c.kind()) {
                case BOOL -> c.bits() != 0 ? "True" : "False";
                case LONG -> Long.toString(c.bits());
                case DOUBLE -> Double.toString(c.asDouble());
            }) + " : " + c.kind();
            case Node.Load l -> names.get(l.operand()) + (l.rowShift() == 0 && l.columnShift() == 0 ? ""
                : " from row " + l.rowShift() + ", column " + l.columnShift()) + " : " + l.kind();
            case Node.Ramp r -> names.get(r.operand()) + " : float64";
            case Node.Scalar s -> names.get(s.operand()) + " : " + s.kind();
            case Node.Apply a -> a.op().sign() + " : " + a.kind() + " #" + number
                + (plan.slot(number) == null ? "" : " in slot " + plan.slot(number));
        };
    }

    private void listing(ClassModel model) {
        for (MethodModel method : model.methods()) {
            var code = method.findAttribute(Attributes.code());
            if (code.isEmpty() || method.methodName().equalsString("<init>")) {
                continue;
            }
            line("  " + method.methodName().stringValue() + method.methodType().stringValue());
            Map<Label, Integer> labels = new HashMap<>();
            for (CodeElement element : method.code().orElseThrow()) {
                if (lines > 4 * MOST_LINES) {
                    line("    ...");
                    return;
                }
                switch (element) {
                    case LabelTarget target -> line("   L" + labels.computeIfAbsent(target.label(), _ -> labels.size()) + ":");
                    case Instruction instruction -> line("      " + describe(instruction, labels));
                    default -> { }
                }
            }
        }
    }

    private static String describe(Instruction instruction, Map<Label, Integer> labels) {
        String name = instruction.opcode().name().toLowerCase(java.util.Locale.ROOT);
        return switch (instruction) {
            case InvokeInstruction i -> name + " " + simple(i.owner().asSymbol()) + "." + i.name().stringValue();
            case FieldInstruction i -> name + " " + simple(i.owner().asSymbol()) + "." + i.name().stringValue();
            case LoadInstruction i -> name.replaceAll("_.*", "") + " " + i.slot();
            case StoreInstruction i -> name.replaceAll("_.*", "") + " " + i.slot();
            case IncrementInstruction i -> name + " " + i.slot() + " by " + i.constant();
            case BranchInstruction i -> name + " L" + labels.computeIfAbsent(i.target(), _ -> labels.size());
            case ConstantInstruction i -> "push " + i.constantValue();
            case TypeCheckInstruction i -> name + " " + simple(i.type().asSymbol());
            default -> name;
        };
    }

    private static String simple(ClassDesc type) {
        return type.displayName();
    }

    private void line(String line) {
        out.append(line).append('\n');
        lines++;
    }
}
