package ghostrow.hits;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * How a rewritten class knows its counters: by a field that is set before all else when the class is set up, and so is
 * a constant to the JIT compiler.
 *
 * @param number by which its loader knows them
 */
record CountedClass(ClassDesc name, int number) {
    static final ClassDesc COUNTERS = ClassDesc.of(Counters.class.getName());
    static final String SET_UP = "<clinit>";
    private static final String FIELD = "ghostrow$hits";
    private static final MethodTypeDesc FIND = MethodTypeDesc.of(COUNTERS, ConstantDescs.CD_Class,
            ConstantDescs.CD_int);

    void addField(ClassBuilder builder, boolean toInterface) {
        builder.withField(FIELD, COUNTERS, (toInterface ? ClassFile.ACC_PUBLIC : ClassFile.ACC_PRIVATE)
                | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
    }

    void findCounters(CodeBuilder code) {
        code.ldc(name).loadConstant(number).invokestatic(COUNTERS, "of", FIND).putstatic(name, FIELD, COUNTERS);
    }

    void loadCounters(CodeBuilder code) {
        code.getstatic(name, FIELD, COUNTERS);
    }
}
