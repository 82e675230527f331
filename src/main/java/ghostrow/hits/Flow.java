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
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The instructions of a method by their number, and the ways between them. A block is a stretch that is entered at its
 * first instruction alone and left at its last, exceptions apart.
 */
final class Flow {

    /** Instructions from the first to before the last, whose exceptions come to another; of any type where it is null. */
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

    private final CodeAttribute code;
    private final Map<Integer, Integer> atOffset = new HashMap<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final List<Handled> handled = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final BitSet leaders = new BitSet();
    private final BitSet targets = new BitSet();
    private int[] blockOf;
    private final List<Integer> blocks = new ArrayList<>();
    private BitSet[] dominators;

    Flow(CodeModel model) {
        this.code = (CodeAttribute) model;
        List<ExceptionCatch> catches = new ArrayList<>();
        int offset = 0;
        int line = 0;
        for (CodeElement element : model) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case ExceptionCatch one -> catches.add(one);
                case Instruction instruction -> {
                    atOffset.put(offset, instructions.size());
                    instructions.add(instruction);
                    lines.add(line);
                    offset += instruction.sizeInBytes();
                }
                default -> { }
            }
        }
        atOffset.put(offset, instructions.size());
        for (ExceptionCatch one : catches) {
            handled.add(new Handled(at(one.tryStart()), at(one.tryEnd()), at(one.handler()), one));
        }
        findBlocks();
    }

    private int at(Label label) {
        return atOffset.get(code.labelToBci(label));
    }

    private void findBlocks() {
        Map<Integer, Integer> lastOf = new TreeMap<>();
        leaders.set(0);
        for (int i = 0; i < size(); i++) {
            for (int target : jumps(i)) {
                leaders.set(target);
                targets.set(target);
                if (target <= i) {
                    lastOf.merge(target, i, Math::max);
                }
            }
            if (ends(i)) {
                leaders.set(i + 1);
            }
        }
        lastOf.forEach((head, last) -> loops.add(new Loop(head, last)));
        for (Handled one : handled) {
            leaders.set(one.from);
            leaders.set(one.handler);
        }
        leaders.clear(size());
        blockOf = new int[size()];
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

    Instruction instruction(int number) {
        return instructions.get(number);
    }

    int line(int number) {
        return lines.get(number);
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
        return handled.stream().anyMatch(one -> one.handler == number);
    }

    /** The first instruction of the block that an instruction is in. */
    int blockOf(int number) {
        return blocks.get(blockOf[number]);
    }

    boolean inLoop(int number) {
        return loops.stream().anyMatch(loop -> loop.holds(number));
    }

    /** The jumps back to an instruction. */
    IntStream comeBackTo(int head) {
        return IntStream.range(head, size()).filter(i -> jumps(i).contains(head));
    }

    private List<Integer> jumps(int number) {
        return switch (instructions.get(number)) {
            case BranchInstruction branch -> List.of(at(branch.target()));
            case TableSwitchInstruction s -> cases(s.defaultTarget(), s.cases());
            case LookupSwitchInstruction s -> cases(s.defaultTarget(), s.cases());
            default -> List.of();
        };
    }

    private List<Integer> cases(Label otherwise, List<SwitchCase> cases) {
        return Stream.concat(Stream.of(otherwise), cases.stream().map(SwitchCase::target)).map(this::at).toList();
    }

    private boolean ends(int number) {
        Instruction instruction = instructions.get(number);
        return instruction instanceof BranchInstruction || !goesOn(number);
    }

    /** Whether what stands behind an instruction may come next. */
    boolean goesOn(int number) {
        return switch (instructions.get(number)) {
            case BranchInstruction branch -> branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W;
            case TableSwitchInstruction _, LookupSwitchInstruction _, ReturnInstruction _, ThrowInstruction _ -> false;
            default -> true;
        };
    }

    /** Whether an instruction may throw; of those that cannot, the commonest are known. */
    boolean mayThrow(int from, int to) {
        return instructions.subList(from, to).stream().anyMatch(instruction -> switch (instruction.opcode().kind()) {
            case LOAD, STORE, INCREMENT, BRANCH, STACK, CONVERT, RETURN, NOP -> false;
            case CONSTANT -> instruction.opcode() == Opcode.LDC || instruction.opcode() == Opcode.LDC_W;
            case OPERATOR -> switch (instruction.opcode()) {
                case IDIV, LDIV, IREM, LREM, ARRAYLENGTH -> true;
                default -> false;
            };
            default -> true;
        });
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
        before.forEach(other -> now.and(dominators[other]));
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
            for (int target : jumps(end - 1)) {
                before.get(blockOf[target]).add(block);
            }
            if (end < size() && goesOn(end - 1)) {
                before.get(block + 1).add(block);
            }
        }
        return before;
    }
}
