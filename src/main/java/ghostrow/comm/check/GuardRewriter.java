package ghostrow.comm.check;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Set;

/** Puts a word to the guard before everything that a class does to an array of numbers, or to a segment. */
final class GuardRewriter {
    private static final MethodTypeDesc ELEMENT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object,
            ConstantDescs.CD_int);
    private static final DirectMethodHandleDesc WATCH = ConstantDescs.ofCallsiteBootstrap(
            Guard.class.describeConstable().orElseThrow(), "watch", CallSite.class.describeConstable().orElseThrow(),
            MethodHandle[].class.describeConstable().orElseThrow());

    /** A method may grow to four times as many bytes, and a class file has room for 64 KiB. */
    private static final int LONGEST = 12 << 10;

    private static final Map<String, Set<String>> CALLS = Map.of(
            "java/lang/foreign/MemorySegment", Set.of("get", "set", "getAtIndex", "setAtIndex", "fill", "toArray",
                    "copyFrom", "mismatch", "copy"),
            "java/lang/System", Set.of("arraycopy"),
            "java/util/Arrays", Set.of("fill", "sort", "setAll", "parallelSetAll", "parallelSort", "parallelPrefix",
                    "copyOf", "copyOfRange", "stream", "toString", "hashCode", "equals", "mismatch", "compare",
                    "binarySearch"));

    private final ClassFile files;

    /** @param program knows its classes without loading them */
    GuardRewriter(ClassLoader program) {
        files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(program)
                .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    byte[] guarded(byte[] original) {
        return files.transformClass(files.parse(original), ClassTransform.transformingMethodBodies(
                method -> ((CodeAttribute) method.code().orElseThrow()).codeLength() <= LONGEST,
                GuardRewriter::write));
    }

    private static void write(CodeBuilder code, CodeElement element) {
        switch (element) {
            case ArrayLoadInstruction load when load.typeKind() != TypeKind.REFERENCE -> {
                code.dup2();
                code.invokedynamic(DynamicCallSiteDesc.of(WATCH, "load", ELEMENT));
                code.with(load);
            }
            case ArrayStoreInstruction store when store.typeKind() != TypeKind.REFERENCE -> store(code, store);
            case InvokeInstruction call when isWatched(call) -> call(code, call);
            default -> code.with(element);
        }
    }

    /** The value lies above the array and the index: it changes places with them, and back. */
    private static void store(CodeBuilder code, ArrayStoreInstruction store) {
        boolean isWide = store.typeKind().slotSize() == 2;
        if (isWide) {
            code.dup2_x2().pop2();
        } else {
            code.dup_x2().pop();
        }
        code.dup2();
        code.invokedynamic(DynamicCallSiteDesc.of(WATCH, "store", ELEMENT));
        if (isWide) {
            code.dup2_x2().pop2();
        } else {
            code.dup2_x1().pop2();
        }
        code.with(store);
    }

    private static boolean isWatched(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        return CALLS.getOrDefault(owner, Set.of()).contains(name) && takesNumbers(call.typeSymbol(), owner);
    }

    /** Arrays of objects are nobody's messages. */
    private static boolean takesNumbers(MethodTypeDesc type, String owner) {
        ClassDesc first = type.parameterCount() == 0 ? null : type.parameterType(0);
        return !owner.equals("java/util/Arrays") || first != null && first.isArray() && first.componentType().isPrimitive();
    }

    private static void call(CodeBuilder code, InvokeInstruction call) {
        ClassDesc owner = call.owner().asSymbol();
        boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
        DirectMethodHandleDesc.Kind kind = call.isInterface()
                ? isStatic ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC : DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL
                : isStatic ? DirectMethodHandleDesc.Kind.STATIC : DirectMethodHandleDesc.Kind.VIRTUAL;
        MethodTypeDesc type = isStatic ? call.typeSymbol() : call.typeSymbol().insertParameterTypes(0, owner);
        ConstantDesc original = MethodHandleDesc.ofMethod(kind, owner, call.name().stringValue(), call.typeSymbol());
        code.invokedynamic(DynamicCallSiteDesc.of(WATCH, owner.displayName() + "_" + call.name().stringValue(), type,
                original));
    }
}
