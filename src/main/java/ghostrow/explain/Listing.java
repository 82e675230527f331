package ghostrow.explain;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Locale;

/** Bytecode as {@code javap} would list it, but shorter: line, offset, instruction, operand. */
final class Listing {
    private final Page page;
    private final Code code;

    Listing(Page page, Code code) {
        this.page = page;
        this.code = code;
    }

    void print(Loop loop, int most) {
        List<Code.Step> steps = code.steps(loop);
        int before = 0;
        for (Code.Step step : steps.subList(0, Math.min(most, steps.size()))) {
            String line = step.line() == before ? "" : Integer.toString(step.line());
            page.costed(Cost.of(step.instruction()), String.format("%5s %5d  ", line, step.offset()), text(step));
            before = step.line();
        }
        if (steps.size() > most) {
            page.text("        ... and " + (steps.size() - most) + " more instructions, to offset " + loop.last());
        }
    }

    private String text(Code.Step step) {
        Instruction instruction = step.instruction();
        String name = instruction.opcode().name().toLowerCase(Locale.ROOT)
                .replaceFirst("(?<=load|store)_[0-3]$|_w$", "");
        String operand = operand(step);
        return operand.isEmpty() ? name : String.format("%-15s %s", name, operand);
    }

    private String operand(Code.Step step) {
        return switch (step.instruction()) {
            case InvokeInstruction call -> simple(call.owner().asSymbol()) + "." + call.name().stringValue();
            case InvokeDynamicInstruction call -> call.name().stringValue();
            case FieldInstruction field -> simple(field.owner().asSymbol()) + "." + field.name().stringValue();
            case LoadInstruction load -> local(load.slot(), step);
            case StoreInstruction store -> local(store.slot(), step);
            case IncrementInstruction increment -> local(increment.slot(), step) + " by " + increment.constant();
            case BranchInstruction branch -> "to " + code.offset(branch.target());
            case ConstantInstruction constant -> constant.opcode().name().matches(".*CONST_(M?\\d|NULL)") ? ""
                    : constant.constantValue().toString();
            case TypeCheckInstruction check -> simple(check.type().asSymbol());
            case NewObjectInstruction made -> simple(made.className().asSymbol());
            default -> "";
        };
    }

    private String local(int slot, Code.Step step) {
        return code.local(slot, step).orElse("slot " + slot);
    }

    private static String simple(ClassDesc type) {
        return type.displayName().replace('$', '.');
    }
}
