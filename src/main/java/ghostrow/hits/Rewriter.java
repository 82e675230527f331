package ghostrow.hits;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts counters into the methods of a class. */
final class Rewriter {
    private static final ClassDesc LOOKUP = MethodHandles.Lookup.class.describeConstable().orElseThrow();
    private static final String DEFINE = "defineHiddenClass";

    /** With its counters a method takes two or three times as many bytes, and a class file has room for 64 KiB. */
    private static final int LONGEST = 16 << 10;

    private final ClassFile files;

    /** @param hierarchy knows the program's classes without loading them */
    Rewriter(ClassHierarchyResolver hierarchy) {
        this.files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /** @param layout what its numbers mean */
    record Rewritten(byte[] bytes, Layout layout) {
    }

    /**
     * The class with counters in the wanted methods, if it has any of them. A method that is longer than people write
     * them is left alone.
     *
     * @param number by which its loader knows its counters
     */
    Optional<Rewritten> counting(byte[] original, Predicate<MethodModel> wanted, int number) {
        ClassModel model = files.parse(original);
        List<MethodModel> counted = model.methods().stream()
                .filter(method -> fits(method) && wanted.test(method)).toList();
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        Writing writing = new Writing(model, counted, number);
        byte[] bytes = files.transformClass(model, writing);
        return Optional.of(new Rewritten(bytes, writing.layout()));
    }

    private static boolean fits(MethodModel method) {
        return method.code().isPresent() && ((CodeAttribute) method.code().get()).codeLength() <= LONGEST;
    }

    private static final class Writing implements ClassTransform {
        private final ClassModel model;
        private final List<MethodModel> counted;
        private final CountedClass owner;
        private final List<Layout.Method> methods = new ArrayList<>();
        private int numbers;
        private boolean setUp;

        Writing(ClassModel model, List<MethodModel> counted, int number) {
            this.model = model;
            this.counted = counted;
            this.owner = new CountedClass(model.thisClass().asSymbol(), number);
        }

        @Override
        public void accept(ClassBuilder builder, ClassElement element) {
            if (!(element instanceof MethodModel method)) {
                builder.with(element);
                return;
            }
            boolean setsUp = method.methodName().equalsString(CountedClass.SET_UP);
            setUp |= setsUp;
            if (counted.contains(method)) {
                builder.transformMethod(method, MethodTransform.transformingCode(body(method, setsUp)));
            } else if (setsUp) {
                builder.transformMethod(method, MethodTransform.transformingCode(new SetUp(owner)));
            } else {
                builder.with(method);
            }
        }

        private CodeTransform body(MethodModel method, boolean setsUp) {
            CodeModel code = method.code().orElseThrow();
            Flow flow = new Flow(code);
            int superCall = method.methodName().equalsString(ConstantDescs.INIT_NAME) ? flow.superCall() : -1;
            Places places = new Places(flow, superCall, () -> numbers++);
            methods.add(new Layout.Method(method.methodName().stringValue(), method.methodType().stringValue(),
                    places.entries, places.lines));
            int free = ((CodeAttribute) code).maxLocals();
            return CodeTransform.ofStateful(() -> new Body(flow, places, superCall, free, owner, setsUp));
        }

        @Override
        public void atEnd(ClassBuilder builder) {
            owner.addField(builder, model.flags().has(AccessFlag.INTERFACE));
            if (!setUp) {
                builder.withMethodBody(CountedClass.SET_UP, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code -> {
                    owner.findCounters(code);
                    code.return_();
                });
            }
        }

        Layout layout() {
            String source = model.findAttribute(Attributes.sourceFile()).map(file -> file.sourceFile().stringValue())
                    .orElse("");
            return new Layout(model.thisClass().asInternalName().replace('/', '.'), source, numbers,
                    List.copyOf(methods));
        }
    }

    /** What sets up a class, with finding its counters put before. */
    private record SetUp(CountedClass owner) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            owner.findCounters(code);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }

    /** Has classes that the program makes while it runs pass by here too; the program itself need not know. */
    byte[] announcingHiddenClasses(byte[] original) {
        ClassModel model = files.parse(original);
        return files.transformClass(model, ClassTransform.transformingMethodBodies((code, element) -> {
            if (element instanceof InvokeInstruction call && call.opcode() == Opcode.INVOKEVIRTUAL
                    && call.owner().asSymbol().equals(LOOKUP) && call.name().equalsString(DEFINE)) {
                MethodTypeDesc type = call.typeSymbol();
                code.invokestatic(CountedClass.COUNTERS, DEFINE, type.insertParameterTypes(0, LOOKUP));
            } else {
                code.with(element);
            }
        }));
    }
}
