package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Locale;

/** One element at a time: calls, the ends of rows, and machines without the vector module. */
final class ScalarNotation implements Notation {
    @Override
    public int width() {
        return 1;
    }

    @Override
    public boolean fuses() {
        return false;
    }

    @Override
    public int newLocal(CodeBuilder code, Kind kind) {
        return code.allocateLocal(type(kind));
    }

    @Override
    public void loadLocal(CodeBuilder code, Kind kind, int local) {
        code.loadLocal(type(kind), local);
    }

    @Override
    public void storeLocal(CodeBuilder code, Kind kind, int local) {
        code.storeLocal(type(kind), local);
    }

    private static TypeKind type(Kind kind) {
        return switch (kind) {
            case BOOL -> TypeKind.INT;
            case LONG -> TypeKind.LONG;
            case DOUBLE -> TypeKind.DOUBLE;
        };
    }

    @Override
    public void constant(CodeBuilder code, Node.Constant constant) {
        switch (constant.kind()) {
            case BOOL -> code.loadConstant((int) constant.bits());
            case LONG -> code.loadConstant(constant.bits());
            case DOUBLE -> code.loadConstant(constant.asDouble());
        }
    }

    @Override
    public void spread(CodeBuilder code, Kind kind) {
        switch (kind) {
            case BOOL -> code.l2i();
            case LONG -> { }
            case DOUBLE -> code.invokestatic(ClassDesc.of("java.lang.Double"), "longBitsToDouble",
                MethodTypeDesc.of(CD_double, CD_long));
        }
    }

    @Override
    public void read(CodeBuilder code, Kind kind, Runnable place) {
        place.run();
        code.invokestatic(Types.LANES, "read" + name(kind),
            MethodTypeDesc.of(Types.element(kind), CD_long));
    }

    @Override
    public void write(CodeBuilder code, Kind kind, int local, Runnable place) {
        place.run();
        loadLocal(code, kind, local);
        code.invokestatic(Types.LANES, "write",
            MethodTypeDesc.of(CD_void, CD_long, Types.element(kind)));
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case BOOL -> "Bool";
            case LONG -> "Long";
            case DOUBLE -> "Double";
        };
    }

    @Override
    public void apply(CodeBuilder code, Op op, Kind from, Kind to) {
        boolean doubles = from == Kind.DOUBLE;
        ClassDesc element = Types.element(from);
        switch (op) {
            case ADD -> either(doubles, code::dadd, code::ladd);
            case SUB -> either(doubles, code::dsub, code::lsub);
            case MUL -> either(doubles, code::dmul, code::lmul);
            case DIV -> code.ddiv();
            case NEG -> either(doubles, code::dneg, code::lneg);
            case ABS, SQRT -> code.invokestatic(Types.MATH, op.method(), MethodTypeDesc.of(element, element));
            case AND -> either(from == Kind.BOOL, code::iand, code::land);
            case OR -> either(from == Kind.BOOL, code::ior, code::lor);
            case NOT -> either(from == Kind.BOOL, () -> code.iconst_1().ixor(), () -> code.loadConstant(-1L).lxor());
            case TO_LONG -> code.i2l();
            case TO_DOUBLE -> either(from == Kind.BOOL, code::i2d, code::l2d);
            case LT, LE, EQ, NE, GE, GT -> code.invokestatic(Types.FUNCTIONS, op.name().toLowerCase(Locale.ROOT),
                MethodTypeDesc.of(CD_boolean, element, element));
            case WHERE -> code.invokestatic(Types.FUNCTIONS, op.method(),
                MethodTypeDesc.of(element, CD_boolean, element, element));
            case MOD, POW, SHL, SHR, ARCTAN2 -> code.invokestatic(Types.FUNCTIONS, op.method(),
                MethodTypeDesc.of(element, element, element));
            default -> code.invokestatic(Types.FUNCTIONS, op.method(), MethodTypeDesc.of(element, element));
        }
    }

    private static void either(boolean first, Runnable one, Runnable other) {
        (first ? one : other).run();
    }
}
