package ghostrow.formula;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/** The classes that generated code names. */
final class Types {
    static final ClassDesc GENERATED = ClassDesc.of("ghostrow.formula.Generated");
    static final ClassDesc FRAME = ClassDesc.of("ghostrow.formula.Frame");
    static final ClassDesc KERNEL = ClassDesc.of("ghostrow.formula.Kernel");
    static final ClassDesc FUNCTIONS = ClassDesc.of("ghostrow.formula.Functions");
    static final ClassDesc VECTORS = ClassDesc.of("ghostrow.formula.Vectors");
    static final ClassDesc LANES = ClassDesc.of("ghostrow.formula.Lanes");
    static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    static final ClassDesc BYTE_ORDER = ClassDesc.of("java.nio.ByteOrder");
    static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

    // By name, so that nothing here needs the module of the vectors to be there.
    static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
    static final ClassDesc DOUBLES = ClassDesc.of("jdk.incubator.vector.DoubleVector");
    static final ClassDesc LONGS = ClassDesc.of("jdk.incubator.vector.LongVector");
    static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");
    static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
    static final ClassDesc OPERATORS = ClassDesc.of("jdk.incubator.vector.VectorOperators");
    static final ClassDesc COMPARISON = ClassDesc.of("jdk.incubator.vector.VectorOperators$Comparison");
    static final ClassDesc CONVERSION = ClassDesc.of("jdk.incubator.vector.VectorOperators$Conversion");

    private Types() {
    }

    /** The type of one element on the JVM's stack. */
    static ClassDesc element(Kind kind) {
        return switch (kind) {
            case BOOL -> ConstantDescs.CD_boolean;
            case LONG -> ConstantDescs.CD_long;
            case DOUBLE -> ConstantDescs.CD_double;
        };
    }

    /** The type of a vector of elements. */
    static ClassDesc vector(Kind kind) {
        return switch (kind) {
            case BOOL -> MASK;
            case LONG -> LONGS;
            case DOUBLE -> DOUBLES;
        };
    }
}
