package ghostrow.hits;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a method once more, with its counters. What it looks like:
 *
 * <pre>
 *   long[] numbers = Counters.mine(...)
 *   long turns = 0                                    one for each counter within loops
 *   the method as it was, with turns++ or numbers[n]++ in it, and jumps to the end where it returned
 *   on an exception that counts: numbers[n]++, and throw it again
 *   end:                   numbers[n] += turns; return
 *   on any exception:      numbers[n] += turns, and throw it again
 * </pre>
 */
final class Body implements CodeTransform {
    private static final ClassDesc NUMBERS = ConstantDescs.CD_long.arrayType();
    private static final MethodTypeDesc MINE = MethodTypeDesc.of(NUMBERS, CountedClass.COUNTERS);

    private final Flow flow;
    private final Places places;
    private final int superCall;
    private final CountedClass owner;
    private final boolean setsUp;

    /** Where the array of numbers is kept, and the counters of loops by their numbers. */
    private final int numbers;
    private final Map<Integer, Integer> locals = new HashMap<>();
    private final int result;

    private final List<CodeElement> waiting = new ArrayList<>();
    private final List<Handler> handlers = new ArrayList<>();
    private final Map<Integer, Label> begins = new HashMap<>();
    private final Map<Integer, Label> ends = new HashMap<>();
    private final BitSet triesEnd = new BitSet();
    private int next;
    private Label begin;
    private Label end;
    private TypeKind returned;

    /** Handles one part of what is lost; where that is handled by the method itself, so is what is thrown again. */
    private record Handler(Places.Lost lost, int from, Label begin, Label end, Label handler) {
    }

    /**
     * @param free   the first local variable that nobody uses
     * @param setsUp whether this is where the class is set up, and finds its counters
     */
    Body(Flow flow, Places places, int superCall, int free, CountedClass owner, boolean setsUp) {
        this.flow = flow;
        this.places = places;
        this.superCall = superCall;
        this.owner = owner;
        this.setsUp = setsUp;
        this.numbers = free;
        int slot = free + 1;
        for (var counters : List.of(places.counters, places.fromAbove)) {
            for (Places.Counter counter : counters.values()) {
                if (counter.local()) {
                    locals.put(counter.number(), slot);
                    slot += 2;
                }
            }
        }
        this.result = slot;
    }

    @Override
    public void atStart(CodeBuilder code) {
        begin = code.newLabel();
        end = code.newLabel();
        flow.handled().forEach(one -> triesEnd.set(one.to()));
        places.lost.forEach(lost -> divide(lost, code));
        handlers.forEach(one -> code.exceptionCatchAll(one.begin, one.end, one.handler));
        if (setsUp) {
            owner.findCounters(code);
        }
        owner.loadCounters(code);
        code.invokestatic(CountedClass.COUNTERS, "mine", MINE).astore(numbers);
        locals.values().forEach(slot -> code.lconst_0().lstore(slot));
    }

    /** At the ends of what the method handles itself. */
    private void divide(Places.Lost lost, CodeBuilder code) {
        int from = lost.from();
        for (int to = from + 1; to <= lost.to(); to++) {
            if (to == lost.to() || triesEnd.get(to)) {
                if (flow.mayThrow(from, to)) {
                    Handler handler = new Handler(lost, from, code.newLabel(), code.newLabel(), code.newLabel());
                    handlers.add(handler);
                    begins.put(from, handler.begin);
                    ends.put(to, handler.end);
                }
                from = to;
            }
        }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (!(element instanceof Instruction instruction)) {
            waiting.add(element);
            return;
        }
        between(code);
        Places.Counter counter = places.counters.get(next);
        if (counter != null) {
            count(code, counter);
        }
        bind(begins, code);
        if (instruction instanceof ReturnInstruction back && !locals.isEmpty()) {
            returned = back.typeKind();
            if (returned != TypeKind.VOID) {
                code.storeLocal(returned, result);
            }
            code.goto_(end);
        } else {
            code.with(instruction);
        }
        next++;
    }

    /** What ends, is counted and begins between two instructions. */
    private void between(CodeBuilder code) {
        bind(ends, code);
        Places.Counter counter = places.fromAbove.get(next);
        if (counter != null) {
            count(code, counter);
        }
        if (next == superCall + 1) {
            code.labelBinding(begin);
        }
        waiting.forEach(code::with);
        waiting.clear();
    }

    private void bind(Map<Integer, Label> labels, CodeBuilder code) {
        Label label = labels.get(next);
        if (label != null) {
            code.labelBinding(label);
        }
    }

    private void count(CodeBuilder code, Places.Counter counter) {
        if (counter.local()) {
            int slot = locals.get(counter.number());
            code.lload(slot).lconst_1().ladd().lstore(slot);
        } else {
            element(code, counter.number()).lconst_1().ladd().lastore();
        }
    }

    /** Its array and place, and what is there, on the stack. */
    private CodeBuilder element(CodeBuilder code, int number) {
        return code.aload(numbers).loadConstant(number + Counters.MARGIN).dup2().laload();
    }

    @Override
    public void atEnd(CodeBuilder code) {
        between(code);
        for (Handler one : handlers) {
            Label from = code.newBoundLabel();
            code.labelBinding(one.handler);
            element(code, one.lost.number()).lconst_1().ladd().lastore().athrow();
            Label to = code.newBoundLabel();
            flow.handled().stream().filter(handled -> handled.holds(one.from))
                    .forEach(handled -> code.exceptionCatch(from, to, handled.entry().handler(),
                            handled.entry().catchType()));
        }
        if (locals.isEmpty()) {
            return;
        }
        Label last = code.newBoundLabel();
        if (returned != null) {
            code.labelBinding(end);
            addUp(code);
            if (returned != TypeKind.VOID) {
                code.loadLocal(returned, result);
            }
            code.return_(returned);
        }
        code.exceptionCatchAll(begin, last, code.newBoundLabel());
        addUp(code);
        code.athrow();
    }

    private void addUp(CodeBuilder code) {
        locals.forEach((number, slot) -> element(code, number).lload(slot).ladd().lastore());
    }
}
