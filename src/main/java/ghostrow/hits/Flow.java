package ghostrow.hits;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instructions of a method by their number, and the ways between them. A block is a stretch that is entered at its
 * first instruction alone and left at its last, exceptions apart.
 */
final class Flow {

    /** Instructions from the first to before the last, whose exceptions come to another. */
    record Handled(int from, int to, int handler, ExceptionCatch entry) {
        boolean holds(int instruction) {
            return from <= instruction && instruction < to;
        }
    }

    /** Instructions from the head to the last that jumps back there. */
    record Loop(int head, int last) {
        boolean holds(int instruction) {
            return head <= instruction && instruction <= last;
        }
    }

    private static final int[] NOWHERE = {};

    private final CodeAttribute code;
    private final int[] atOffset;
    private final List<Instruction> instructions = new ArrayList<>();
    private final int[] lines;
    private final int[][] jumps;
    private final List<Handled> handled = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final BitSet leaders = new BitSet();
    private final BitSet targets = new BitSet();
    private final BitSet handlers = new BitSet();
    private final BitSet looping = new BitSet();
    private final BitSet throwing = new BitSet();
    private final int[] blockOf;
    private final List<Integer> blocks = new ArrayList<>();
    private BitSet[] dominators;

    Flow(CodeModel model) {
        this.code = (CodeAttribute) model;
        this.atOffset = new int[code.codeLength() + 1];
        this.lines = new int[code.codeLength()];
        List<ExceptionCatch> catches = new ArrayList<>();
        int offset = 0;
        int line = 0;
        for (CodeElement element : model) {
            // No pattern switch here: setting one up takes longer than all the rest.
            if (element instanceof Instruction instruction) {
                atOffset[offset] = size();
                lines[size()] = line;
                throwing.set(size(), mayThrow(instruction.opcode()));
                instructions.add(instruction);
                offset += instruction.sizeInBytes();
            } else if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof ExceptionCatch one) {
                catches.add(one);
            }
        }
        atOffset[offset] = size();
        for (ExceptionCatch one : catches) {
            handled.add(new Handled(at(one.tryStart()), at(one.tryEnd()), at(one.handler()), one));
        }
        this.jumps = new int[size()][];
        this.blockOf = new int[size()];
        findLoops();
        findBlocks();
    }

    private int at(Label label) {
        return atOffset[code.labelToBci(label)];
    }

    private void findLoops() {
        Map<Integer, Integer> lastOf = new TreeMap<>();
        for (int i = 0; i < size(); i++) {
            jumps[i] = jumpsOf(instructions.get(i));
            for (int target : jumps[i]) {
                targets.set(target);
                if (target <= i) {
                    lastOf.merge(target, i, Math::max);
                }
            }
        }
        lastOf.forEach((head, last) -> {
            loops.add(new Loop(head, last));
            looping.set(head, last + 1);
        });
    }

    private int[] jumpsOf(Instruction instruction) {
        if (instruction instanceof BranchInstruction branch) {
            return new int[] {at(branch.target())};
        }
        if (instruction instanceof TableSwitchInstruction s) {
            return cases(s.defaultTarget(), s.cases());
        }
        return instruction instanceof LookupSwitchInstruction s ? cases(s.defaultTarget(), s.cases()) : NOWHERE;
    }

    private void findBlocks() {
        leaders.set(0);
        leaders.or(targets);
        for (int i = 0; i < size() - 1; i++) {
            if (jumps[i].length > 0 || !goesOn(i)) {
                leaders.set(i + 1);
            }
        }
        for (Handled one : handled) {
            leaders.set(one.from);
            leaders.set(one.handler);
            handlers.set(one.handler);
        }
        for (int i = 0; i < size(); i++) {
            if (leaders.get(i)) {
                blocks.add(i);
            }
            blockOf[i] = blocks.size() - 1;
        }
    }

    int size() {
        return instructions.size();
    }

    int line(int number) {
        return lines[number];
    }

    List<Handled> handled() {
        return handled;
    }

    List<Loop> loops() {
        return loops;
    }

    /** Whether other instructions jump there. */
    boolean isTarget(int number) {
        return targets.get(number);
    }

    boolean isHandler(int number) {
        return handlers.get(number);
    }

    /** The first instruction of the block that an instruction is in. */
    int blockOf(int number) {
        return blocks.get(blockOf[number]);
    }

    boolean inLoop(int number) {
        return looping.get(number);
    }

    /** The jumps back to an instruction. */
    List<Integer> comeBackTo(int head) {
        List<Integer> sources = new ArrayList<>();
        for (int i = head; i < size(); i++) {
            for (int target : jumps[i]) {
                if (target == head) {
                    sources.add(i);
                }
            }
        }
        return sources;
    }

    private int[] cases(Label otherwise, List<SwitchCase> cases) {
        int[] targets = new int[cases.size() + 1];
        targets[0] = at(otherwise);
        for (int i = 0; i < cases.size(); i++) {
            targets[i + 1] = at(cases.get(i).target());
        }
        return targets;
    }

    /** Whether what stands behind an instruction may come next. */
    boolean goesOn(int number) {
        return switch (instructions.get(number).opcode()) {
            case GOTO, GOTO_W, TABLESWITCH, LOOKUPSWITCH, RETURN, IRETURN, LRETURN, FRETURN, DRETURN, ARETURN, ATHROW ->
                    false;
            default -> true;
        };
    }

    /** Whether one of some instructions may throw. */
    boolean mayThrow(int from, int to) {
        int first = throwing.nextSetBit(from);
        return first >= 0 && first < to;
    }

    /** Of those that cannot, the commonest are known. */
    private static boolean mayThrow(Opcode opcode) {
        return switch (opcode.kind()) {
            case LOAD, STORE, INCREMENT, BRANCH, STACK, CONVERT, RETURN, NOP -> false;
            case CONSTANT -> opcode == Opcode.LDC || opcode == Opcode.LDC_W;
            case OPERATOR -> switch (opcode) {
                case IDIV, LDIV, IREM, LREM, ARRAYLENGTH -> true;
                default -> false;
            };
            default -> true;
        };
    }

    /**
     * The call by which a constructor has its superclass, or another constructor, set up the object; nobody may handle
     * exceptions before and behind it alike. What is made anew before it has constructors of its own.
     */
    int superCall() {
        int open = 0;
        for (int i = 0; i < size(); i++) {
            if (instructions.get(i) instanceof NewObjectInstruction) {
                open++;
            } else if (instructions.get(i) instanceof InvokeInstruction call && call.name().equalsString("<init>")
                    && open-- == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether there is no way to the second instruction but by the first. */
    boolean dominates(int first, int second) {
        int a = blockOf[first];
        int b = blockOf[second];
        return a == b ? first <= second : dominators()[b].get(a);
    }

    /** For each block those that are passed on every way to it, itself among them. */
    private BitSet[] dominators() {
        if (dominators == null) {
            dominators = new BitSet[blocks.size()];
            for (int block = 0; block < dominators.length; block++) {
                dominators[block] = new BitSet();
                dominators[block].set(0, block == 0 ? 1 : dominators.length);
            }
            List<List<Integer>> before = before();
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int block = 1; block < dominators.length; block++) {
                    changed |= narrow(block, before.get(block));
                }
            }
        }
        return dominators;
    }

    private boolean narrow(int block, List<Integer> before) {
        BitSet now = new BitSet();
        now.set(0, dominators.length);
        for (int other : before) {
            now.and(dominators[other]);
        }
        for (Handled one : handled) {
            if (one.handler == blocks.get(block)) {
                // An exception may come before anything of a block has been done.
                for (int other = blockOf[one.from]; other <= blockOf[one.to - 1]; other++) {
                    now.and(dominators[other]);
                    now.clear(other);
                }
            }
        }
        now.set(block);
        boolean changed = !now.equals(dominators[block]);
        dominators[block] = now;
        return changed;
    }

    /** The blocks from which each may come, exceptions apart. */
    private List<List<Integer>> before() {
        List<List<Integer>> before = new ArrayList<>();
        blocks.forEach(block -> before.add(new ArrayList<>()));
        for (int block = 0; block < blocks.size(); block++) {
            int end = block + 1 < blocks.size() ? blocks.get(block + 1) : size();
            for (int target : jumps[end - 1]) {
                before.get(blockOf[target]).add(block);
            }
            if (end < size() && goesOn(end - 1)) {
                before.get(block + 1).add(block);
            }
        }
        return before;
    }
}
