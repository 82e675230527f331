package ghostrow.formula;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Locale;

/**
 * A vector at a time. Truth values are masks over the lanes of doubles, whatever was compared, so that
 * they combine without a conversion.
 */
final class VectorNotation implements Notation {
    private static final ScalarNotation SCALAR = new ScalarNotation();

    private final int width;
    private final boolean fuses;

    VectorNotation(int width, boolean fuses) {
        this.width = width;
        this.fuses = fuses;
    }

    /** For this machine. */
    static VectorNotation ofThisMachine() {
        return new VectorNotation(Vectors.WIDTH, Vectors.FUSE);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public boolean fuses() {
        return fuses;
    }

    @Override
    public int newLocal(CodeBuilder code, Kind kind) {
        return code.allocateLocal(TypeKind.REFERENCE);
    }

    @Override
    public void loadLocal(CodeBuilder code, Kind kind, int local) {
        code.aload(local);
    }

    @Override
    public void storeLocal(CodeBuilder code, Kind kind, int local) {
        code.astore(local);
    }

    @Override
    public void constant(CodeBuilder code, Node.Constant constant) {
        species(code, constant.kind());
        SCALAR.constant(code, constant);
        broadcast(code, constant.kind());
    }

    @Override
    public void spread(CodeBuilder code, Kind kind) {
        SCALAR.spread(code, kind);
        int element = SCALAR.newLocal(code, kind);
        SCALAR.storeLocal(code, kind, element);
        species(code, kind);
        SCALAR.loadLocal(code, kind, element);
        broadcast(code, kind);
    }

    /** Stack: species, element. */
    private static void broadcast(CodeBuilder code, Kind kind) {
        switch (kind) {
            case BOOL -> code.invokeinterface(Types.SPECIES, "maskAll", MethodTypeDesc.of(Types.MASK, CD_boolean));
            case LONG -> code.invokestatic(Types.LONGS, "broadcast",
                MethodTypeDesc.of(Types.LONGS, Types.SPECIES, CD_long));
            case DOUBLE -> code.invokestatic(Types.DOUBLES, "broadcast",
                MethodTypeDesc.of(Types.DOUBLES, Types.SPECIES, CD_double));
        }
    }

    private static void species(CodeBuilder code, Kind kind) {
        code.getstatic(kind == Kind.LONG ? Types.LONGS : Types.DOUBLES, "SPECIES_PREFERRED", Types.SPECIES);
    }

    // Straight to the vector API, whose methods are always inlined: a helper between would be inlined
    // only as long as the loop is short, and then each vector is an object.

    @Override
    public void read(CodeBuilder code, Kind kind, Runnable place) {
        if (kind == Kind.BOOL) {
            place.run();
            code.invokestatic(Types.VECTORS, "bools", MethodTypeDesc.of(Types.MASK, CD_long));
            return;
        }
        species(code, kind);
        allOfMemory(code);
        place.run();
        byteOrder(code);
        code.invokestatic(Types.vector(kind), "fromMemorySegment", MethodTypeDesc.of(Types.vector(kind),
            Types.SPECIES, Types.SEGMENT, CD_long, Types.BYTE_ORDER));
    }

    @Override
    public void write(CodeBuilder code, Kind kind, int local, Runnable place) {
        code.aload(local);
        if (kind == Kind.BOOL) {
            place.run();
            code.invokestatic(Types.VECTORS, "store", MethodTypeDesc.of(CD_void, Types.MASK, CD_long));
            return;
        }
        allOfMemory(code);
        place.run();
        byteOrder(code);
        code.invokevirtual(Types.vector(kind), "intoMemorySegment",
            MethodTypeDesc.of(CD_void, Types.SEGMENT, CD_long, Types.BYTE_ORDER));
    }

    private static void allOfMemory(CodeBuilder code) {
        code.getstatic(Types.LANES, "ALL", Types.SEGMENT);
    }

    private static void byteOrder(CodeBuilder code) {
        code.getstatic(Types.BYTE_ORDER, "LITTLE_ENDIAN", Types.BYTE_ORDER);
    }

    @Override
    public void apply(CodeBuilder code, Op op, Kind from, Kind to) {
        ClassDesc vector = Types.vector(from);
        switch (op) {
            case ADD, SUB, MUL, DIV -> code.invokevirtual(vector, op.name().toLowerCase(Locale.ROOT),
                MethodTypeDesc.of(vector, Types.VECTOR));
            case NEG, ABS, SQRT -> code.invokevirtual(vector, op.name().toLowerCase(Locale.ROOT),
                MethodTypeDesc.of(vector));
            case NOT -> code.invokevirtual(vector, "not", MethodTypeDesc.of(vector));
            case AND, OR -> code.invokevirtual(vector, op.name().toLowerCase(Locale.ROOT),
                MethodTypeDesc.of(vector, from == Kind.BOOL ? Types.MASK : Types.VECTOR));
            case LT, LE, EQ, NE, GE, GT -> compare(code, op, from);
            case WHERE -> where(code, from);
            case TO_LONG -> {
                zeroOrOne(code, Kind.LONG);
            }
            case TO_DOUBLE -> {
                if (from == Kind.BOOL) {
                    zeroOrOne(code, Kind.DOUBLE);
                } else {
                    code.getstatic(Types.OPERATORS, "L2D", Types.CONVERSION);
                    code.iconst_0();
                    code.invokevirtual(Types.LONGS, "convert",
                        MethodTypeDesc.of(Types.VECTOR, Types.CONVERSION, CD_int));
                    code.checkcast(Types.DOUBLES);
                }
            }
            default -> throw new IllegalStateException(op + " has no vector form");
        }
    }

    /** Stack: a, b. */
    private static void compare(CodeBuilder code, Op op, Kind from) {
        ClassDesc vector = Types.vector(from);
        int right = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(right);
        code.getstatic(Types.OPERATORS, op.name(), Types.COMPARISON);
        code.aload(right);
        code.invokevirtual(vector, "compare", MethodTypeDesc.of(Types.MASK, Types.COMPARISON, Types.VECTOR));
        if (from == Kind.LONG) {
            species(code, Kind.DOUBLE);
            code.invokevirtual(Types.MASK, "cast", MethodTypeDesc.of(Types.MASK, Types.SPECIES));
        }
    }

    /** Stack: condition, a, b. A vector is b with a's lanes laid over it where the condition holds. */
    private static void where(CodeBuilder code, Kind kind) {
        int b = code.allocateLocal(TypeKind.REFERENCE);
        int a = code.allocateLocal(TypeKind.REFERENCE);
        int condition = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(b).astore(a).astore(condition);
        MethodTypeDesc twoMasks = MethodTypeDesc.of(Types.MASK, Types.MASK);
        if (kind == Kind.BOOL) {
            code.aload(condition).aload(a).invokevirtual(Types.MASK, "and", twoMasks);
            code.aload(b).aload(condition).invokevirtual(Types.MASK, "andNot", twoMasks);
            code.invokevirtual(Types.MASK, "or", twoMasks);
            return;
        }
        code.aload(b).aload(a).aload(condition);
        blend(code, kind);
    }

    /** Stack: vector, vector, mask. */
    private static void blend(CodeBuilder code, Kind kind) {
        ClassDesc vector = Types.vector(kind);
        if (kind == Kind.LONG) {
            species(code, Kind.LONG);
            code.invokevirtual(Types.MASK, "cast", MethodTypeDesc.of(Types.MASK, Types.SPECIES));
        }
        code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, Types.VECTOR, Types.MASK));
    }

    private void zeroOrOne(CodeBuilder code, Kind to) {
        int mask = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(mask);
        constant(code, to == Kind.LONG ? Node.Constant.of(0L) : Node.Constant.of(0.0));
        constant(code, to == Kind.LONG ? Node.Constant.of(1L) : Node.Constant.of(1.0));
        code.aload(mask);
        blend(code, to);
    }
}
