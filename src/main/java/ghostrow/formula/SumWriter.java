package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/** Writes how terms come to the lanes of a sum, which lie in scratch memory between two calls of a loop. */
final class SumWriter {
    private static final MethodTypeDesc OPERATION = MethodTypeDesc.of(Types.DOUBLES, Types.VECTOR);

    private final CodeBuilder code;
    private final Notation notation;
    private final int scratch;

    SumWriter(CodeBuilder code, Notation notation, int scratch) {
        this.code = code;
        this.notation = notation;
        this.scratch = scratch;
    }

    int fetch(int lane) {
        notation.read(code, Kind.DOUBLE, () -> code.lload(scratch).loadConstant((long) lane * Double.BYTES).ladd());
        return stored(code);
    }

    void store(int local, int lane) {
        notation.write(code, Kind.DOUBLE, local,
            () -> code.lload(scratch).loadConstant((long) lane * Double.BYTES).ladd());
    }

    /** The sum of two doubles and, exactly, what rounding took from it: six operations, and one to keep it. */
    void add(int x, int sum, int lost) {
        int next = plain(sum, x);
        code.aload(next).aload(sum).invokevirtual(Types.DOUBLES, "sub", OPERATION);
        int back = stored(code);
        code.aload(lost);
        code.aload(sum);
        code.aload(next).aload(back).invokevirtual(Types.DOUBLES, "sub", OPERATION);
        code.invokevirtual(Types.DOUBLES, "sub", OPERATION);
        code.aload(x).aload(back).invokevirtual(Types.DOUBLES, "sub", OPERATION);
        code.invokevirtual(Types.DOUBLES, "add", OPERATION);
        code.invokevirtual(Types.DOUBLES, "add", OPERATION).astore(lost);
        code.aload(next).astore(sum);
    }

    int plain(int a, int b) {
        return plain(code, a, b);
    }

    static int plain(CodeBuilder code, int a, int b) {
        code.aload(a).aload(b).invokevirtual(Types.DOUBLES, "add", OPERATION);
        return stored(code);
    }

    /** a * b + c, rounded once. */
    static int fused(CodeBuilder code, int a, int b, int c) {
        code.aload(a).aload(b).aload(c).invokevirtual(Types.DOUBLES, "fma",
            MethodTypeDesc.of(Types.DOUBLES, Types.VECTOR, Types.VECTOR));
        return stored(code);
    }

    private static int stored(CodeBuilder code) {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        return local;
    }

    /** One term, by a method of {@link Lanes}. */
    void single(int x, String method) {
        code.lload(scratch).iload(LoopWriter.J);
        notation.loadLocal(code, Kind.DOUBLE, x);
        code.invokestatic(Types.LANES, method, MethodTypeDesc.of(CD_void, CD_long, CD_int, CD_double));
    }
}
