package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/** Writes a plan's stages as classes that nobody else can name, and loads them. */
final class Generator {
    /** HotSpot leaves longer methods to the interpreter, whatever they cost there. */
    private static final int LONGEST_METHOD = 8000;

    /** Far below the limits of a class file. */
    private static final int STAGES_A_CLASS = 64;

    /** The local variable that tells how many elements a stage has done. */
    private static final int DONE = 5;

    private static final MethodTypeDesc STAGE = MethodTypeDesc.of(CD_int, Types.FRAME, CD_long, CD_int, CD_int);
    private static final MethodTypeDesc SUM_STAGE = STAGE.insertParameterTypes(STAGE.parameterCount(), CD_int);
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, Types.FRAME, CD_long, CD_int);

    private Generator() {
    }

    /** True where the JVM was started with the module of the vectors and a vector divides the lanes of a sum. */
    static boolean hasVectors() {
        return vectorsPresent() && Frame.LANES % Vectors.WIDTH == 0 && Vectors.WIDTH > 1;
    }

    /** As a module that was added, or behind the boot class path. */
    private static boolean vectorsPresent() {
        try {
            Class.forName("jdk.incubator.vector.DoubleVector", false, Generator.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * @param last what the last stage does: STORE, SUM or SUM_OF_FOURS
     * @param notation how vectors are written, or null for a machine without
     */
    static List<byte[]> classes(Plan plan, Accesses accesses, LoopWriter.Result last, Notation notation) {
        List<byte[]> classes = new ArrayList<>();
        for (int first = 0; first < plan.stages().size(); first += STAGES_A_CLASS) {
            classes.add(oneClass(plan, accesses, first, last, notation));
        }
        return classes;
    }

    /** Whether the JIT compiler will take every method. A class as a whole within the limit needs no closer look. */
    static boolean canBeCompiled(List<byte[]> classes) {
        return classes.stream().filter(bytes -> bytes.length > LONGEST_METHOD)
            .flatMap(bytes -> ClassFile.of().parse(bytes).methods().stream())
            .map(method -> method.findAttribute(Attributes.code()).orElseThrow())
            .allMatch(code -> code.codeLength() <= LONGEST_METHOD);
    }

    private static byte[] oneClass(Plan plan, Accesses accesses, int first, LoopWriter.Result last,
                                   Notation notation) {
        int end = Math.min(plan.stages().size(), first + STAGES_A_CLASS);
        return ClassFile.of().build(Types.GENERATED, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withInterfaceSymbols(Types.KERNEL);
            builder.withMethodBody(INIT_NAME, MTD_void, 0,
                code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
            builder.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> {
                for (int stage = first; stage < end; stage++) {
                    LoopWriter.Result result = result(plan, stage, last);
                    int width = notation == null || plan.stages().get(stage).scalar() ? 1 : notation.width();
                    if (result == LoopWriter.Result.SUM_OF_FOURS) {
                        callFours(code, stage, width);
                    } else {
                        callStage(code, stage, result, width);
                    }
                }
                code.return_();
            });
            for (int stage = first; stage < end; stage++) {
                LoopWriter.Result result = result(plan, stage, last);
                if (notation != null && !plan.stages().get(stage).scalar()) {
                    method(builder, "vectors" + stage, plan, accesses, stage, result, notation, false);
                    if (result == LoopWriter.Result.SUM_OF_FOURS) {
                        method(builder, "vectorsFromZero" + stage, plan, accesses, stage, result, notation, true);
                    }
                }
                method(builder, "singles" + stage, plan, accesses, stage, result, new ScalarNotation(), false);
            }
        });
    }

    private static LoopWriter.Result result(Plan plan, int stage, LoopWriter.Result last) {
        return stage < plan.stages().size() - 1 ? LoopWriter.Result.NOTHING : last;
    }

    private static void method(ClassBuilder builder, String name, Plan plan, Accesses accesses, int stage,
                               LoopWriter.Result result, Notation notation, boolean fromZero) {
        builder.withMethodBody(name, notation.width() > 1 && result.sums() ? SUM_STAGE : STAGE, ClassFile.ACC_STATIC,
            code -> new LoopWriter(plan, accesses, stage, result, code).write(notation, fromZero));
    }

    /** Whole vectors first, and the elements that are left over one by one. */
    private static void callStage(CodeBuilder code, int stage, LoopWriter.Result result, int width) {
        code.iconst_0().istore(DONE);
        if (width > 1 && result.sums()) {
            callLanes(code, "vectors" + stage, width);
        } else if (width > 1) {
            call(code, "vectors" + stage);
        }
        callSingles(code, stage);
    }

    /** By the loop that the values of the ramps allow. */
    private static void callFours(CodeBuilder code, int stage, int width) {
        code.iconst_0().istore(DONE);
        if (width > 1) {
            Label general = code.newLabel();
            Label rest = code.newLabel();
            code.aload(1).getfield(Types.FRAME, "tame", CD_boolean).ifeq(rest);
            code.aload(1).getfield(Types.FRAME, "fromZero", CD_boolean).ifeq(general);
            callLanes(code, "vectorsFromZero" + stage, width);
            code.goto_(rest).labelBinding(general);
            callLanes(code, "vectors" + stage, width);
            code.labelBinding(rest);
        }
        callSingles(code, stage);
    }

    private static void callSingles(CodeBuilder code, int stage) {
        Label next = code.newLabel();
        code.iload(DONE).iload(4).if_icmpge(next);
        call(code, "singles" + stage);
        code.labelBinding(next);
    }

    /**
     * A vector of the sum's lanes after the other. All begin with the same element, and come as far. A loop over all of
     * them would be no faster, and keep C2 busy so many times as long.
     */
    private static void callLanes(CodeBuilder code, String method, int width) {
        for (int lane = 0; lane < Frame.LANES; lane += width) {
            code.aload(1).lload(2).iconst_0().iload(4).loadConstant(lane)
                .invokestatic(Types.GENERATED, method, SUM_STAGE);
            code.istore(DONE);
        }
    }

    private static void call(CodeBuilder code, String method) {
        code.aload(1).lload(2).iload(DONE).iload(4).invokestatic(Types.GENERATED, method, STAGE);
        code.istore(DONE);
    }

    static Kernel load(byte[] bytes) {
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Kernel) hidden.findConstructor(hidden.lookupClass(),
                MethodType.methodType(void.class)).invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("the generated class was not accepted", e);
        }
    }
}
