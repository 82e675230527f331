package ghostrow.explain;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bytecode of a method, instruction by instruction, and its loops. */
final class Code {

    /** An instruction, where it is, and the line of the source that it was made of (0 where nobody knows). */
    record Step(int offset, int line, Instruction instruction) {
    }

    private record Local(int slot, String name, int from, int to) {
    }

    private final MethodName name;
    private final CodeAttribute attribute;
    private final List<Step> steps = new ArrayList<>();
    private final List<Local> locals = new ArrayList<>();
    private final List<Loop> loops;

    Code(MethodName name, CodeAttribute attribute) {
        this.name = name;
        this.attribute = attribute;
        int offset = 0;
        int line = 0;
        for (CodeElement element : attribute) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case LocalVariable local -> locals.add(new Local(local.slot(), local.name().stringValue(),
                        offset(local.startScope()), offset(local.endScope())));
                case Instruction instruction -> {
                    steps.add(new Step(offset, line, instruction));
                    offset += instruction.sizeInBytes();
                }
                default -> { }
            }
        }
        this.loops = findLoops();
    }

    /** Jumps that lead to the same place are ends of the same loop. */
    private List<Loop> findLoops() {
        Map<Integer, Integer> lastOf = new TreeMap<>();
        for (Step step : steps) {
            if (step.instruction instanceof BranchInstruction branch && offset(branch.target()) <= step.offset) {
                lastOf.merge(offset(branch.target()), step.offset, Math::max);
            }
        }
        return lastOf.entrySet().stream().map(loop -> new Loop(loop.getKey(), loop.getValue())).toList();
    }

    MethodName name() {
        return name;
    }

    List<Step> steps() {
        return steps;
    }

    List<Step> steps(Loop loop) {
        return steps.stream().filter(step -> loop.holds(step.offset)).toList();
    }

    List<Loop> loops() {
        return loops;
    }

    /** How many loops lie around an instruction. */
    int depthAt(int offset) {
        return (int) loops.stream().filter(loop -> loop.holds(offset)).count();
    }

    /** The loop with most loops around it, and of those that with most instructions. */
    Optional<Loop> innermost() {
        return loops.stream().max(Comparator.comparingInt((Loop loop) -> depthAt(loop.first()))
                .thenComparingInt(loop -> steps(loop).size()));
    }

    int offset(Label label) {
        return attribute.labelToBci(label);
    }

    /** The variable in a slot, by its name; an instruction that first writes it comes just before its scope. */
    Optional<String> local(int slot, Step step) {
        int end = step.offset + step.instruction.sizeInBytes();
        return locals.stream().filter(local -> local.slot == slot && local.from <= end && step.offset < local.to)
                .map(Local::name).findFirst();
    }

    /** What each line costs that has any instructions. */
    Map<Integer, Cost> costs() {
        Map<Integer, Cost> costs = new TreeMap<>();
        for (Step step : steps) {
            costs.merge(step.line, Cost.of(step.instruction), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        costs.remove(0);
        return costs;
    }
}
