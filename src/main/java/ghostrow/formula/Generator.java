package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/** Writes a plan's stages as classes that nobody else can name, and loads them. */
final class Generator {
    /** Far below the limits of a class file. */
    private static final int STAGES_A_CLASS = 64;

    private static final MethodTypeDesc STAGE = MethodTypeDesc.of(CD_void, Types.FRAME, CD_long, CD_int);
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, Types.FRAME, CD_long, CD_int);

    private Generator() {
    }

    /** True where the JVM was started with the module of the vectors and a vector divides the lanes of a sum. */
    static boolean hasVectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && Frame.LANES % Vectors.WIDTH == 0 && Vectors.WIDTH > 1;
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
                    code.aload(1).lload(2).iload(4).invokestatic(Types.GENERATED, "loop" + stage, STAGE);
                }
                code.return_();
            });
            for (int stage = first; stage < end; stage++) {
                int number = stage;
                LoopWriter.Result result = stage < plan.stages().size() - 1 ? LoopWriter.Result.NOTHING
                    : sum ? LoopWriter.Result.SUM : LoopWriter.Result.STORE;
                builder.withMethodBody("loop" + stage, STAGE, ClassFile.ACC_STATIC,
                    code -> new LoopWriter(plan, accesses, number, result, code).write(notation));
            }
        });
    }

    static Kernel load(byte[] bytes) {
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Kernel) hidden.findConstructor(hidden.lookupClass(),
                java.lang.invoke.MethodType.methodType(void.class)).invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("the generated class was not accepted", e);
        }
    }
}
