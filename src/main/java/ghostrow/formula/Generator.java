package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

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
    /** Far below the limits of a class file. */
    private static final int STAGES_A_CLASS = 64;

    private static final MethodTypeDesc STAGE = MethodTypeDesc.of(CD_int, Types.FRAME, CD_long, CD_int, CD_int);
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

    static List<byte[]> classes(Plan plan, boolean sum, boolean vectors) {
        Accesses accesses = new Accesses(plan);
        Notation notation = vectors ? new VectorNotation(Vectors.WIDTH) : null;
        List<byte[]> classes = new ArrayList<>();
        for (int first = 0; first < plan.stages().size(); first += STAGES_A_CLASS) {
            classes.add(oneClass(plan, accesses, first, sum, notation));
        }
        return classes;
    }

    private static byte[] oneClass(Plan plan, Accesses accesses, int first, boolean sum, Notation notation) {
        int end = Math.min(plan.stages().size(), first + STAGES_A_CLASS);
        return ClassFile.of().build(Types.GENERATED, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withInterfaceSymbols(Types.KERNEL);
            builder.withMethodBody(INIT_NAME, MTD_void, 0,
                code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
            builder.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> {
                for (int stage = first; stage < end; stage++) {
                    callStage(code, stage, notation != null && !plan.stages().get(stage).scalar());
                }
                code.return_();
            });
            for (int stage = first; stage < end; stage++) {
                LoopWriter.Result result = stage < plan.stages().size() - 1 ? LoopWriter.Result.NOTHING
                    : sum ? LoopWriter.Result.SUM : LoopWriter.Result.STORE;
                if (notation != null && !plan.stages().get(stage).scalar()) {
                    method(builder, "vectors", plan, accesses, stage, result, notation);
                }
                method(builder, "singles", plan, accesses, stage, result, new ScalarNotation());
            }
        });
    }

    private static void method(ClassBuilder builder, String name, Plan plan, Accesses accesses, int stage,
                               LoopWriter.Result result, Notation notation) {
        builder.withMethodBody(name + stage, STAGE, ClassFile.ACC_STATIC,
            code -> new LoopWriter(plan, accesses, stage, result, code).write(notation));
    }

    /** Whole vectors first, and the elements that are left over one by one. */
    private static void callStage(CodeBuilder code, int stage, boolean vectors) {
        int done = 5;
        code.iconst_0().istore(done);
        if (vectors) {
            code.aload(1).lload(2).iload(done).iload(4).invokestatic(Types.GENERATED, "vectors" + stage, STAGE);
            code.istore(done);
        }
        Label next = code.newLabel();
        code.iload(done).iload(4).if_icmpge(next);
        code.aload(1).lload(2).iload(done).iload(4).invokestatic(Types.GENERATED, "singles" + stage, STAGE).pop();
        code.labelBinding(next);
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
