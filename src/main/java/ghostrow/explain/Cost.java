package ghostrow.explain;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/**
 * What a bytecode instruction asks for, from nothing to most. It is what the interpreter pays, and what the compiler
 * has to get rid of: a line of a high class may still become few instructions of the processor.
 */
enum Cost {
    NOTHING("nothing to do when the program runs"),
    ARITHMETIC("arithmetic, comparisons, jumps; also of whole vectors (Vector API)"),
    MEMORY("memory, with its checks: fields, arrays, segments, types of objects"),
    CALL("calls of known methods"),
    OBJECT("objects made, numbers boxed or unboxed, calls through interfaces");

    private static final Set<String> BOXES = Set.of("java/lang/Boolean", "java/lang/Byte", "java/lang/Character",
            "java/lang/Short", "java/lang/Integer", "java/lang/Long", "java/lang/Float", "java/lang/Double");

    private final String meaning;

    Cost(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }

    /** What stands in front of a line of this class: a digit, or nothing. */
    char mark() {
        return this == NOTHING ? ' ' : Character.forDigit(ordinal(), 10);
    }

    /** A line costs what its dearest instruction does. */
    static Cost of(Collection<? extends Instruction> instructions) {
        return instructions.stream().map(Cost::of).max(Comparator.naturalOrder()).orElse(NOTHING);
    }

    static Cost of(Instruction instruction) {
        return switch (instruction) {
            case NewObjectInstruction _, NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _,
                    NewMultiArrayInstruction _, InvokeDynamicInstruction _ -> OBJECT;
            case InvokeInstruction call -> ofCall(call);
            case FieldInstruction _, ArrayLoadInstruction _, ArrayStoreInstruction _, TypeCheckInstruction _ -> MEMORY;
            case OperatorInstruction operator -> operator.opcode() == Opcode.ARRAYLENGTH ? MEMORY : ARITHMETIC;
            case BranchInstruction branch -> branch.opcode() == Opcode.GOTO ? NOTHING : ARITHMETIC;
            case ConvertInstruction _, IncrementInstruction _, TableSwitchInstruction _, LookupSwitchInstruction _ ->
                    ARITHMETIC;
            default -> NOTHING;
        };
    }

    private static Cost ofCall(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        if (BOXES.contains(owner) && (name.equals("valueOf") || name.endsWith("Value"))) {
            return OBJECT;
        }
        // The JVM knows these by name, and makes one or two instructions of what is a call in bytecode.
        if (owner.startsWith("jdk/incubator/vector/")) {
            return name.endsWith("Array") || name.endsWith("MemorySegment") ? MEMORY : ARITHMETIC;
        }
        if (owner.equals("java/lang/foreign/MemorySegment") && name.matches("[gs]et(AtIndex)?")
                || owner.equals("java/lang/Class") && name.equals("cast")) {
            return MEMORY;
        }
        return call.opcode() == Opcode.INVOKEINTERFACE ? OBJECT : CALL;
    }
}
