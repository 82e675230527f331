package ghostrow.data;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What the elements of an array in an HDF5 file are: 8-byte numbers, or 4-byte ones that are widened to them. */
public enum Numbers {
    FLOAT64(8, new double[1]), FLOAT32(4, new float[1]), INT64(8, new long[1]), INT32(4, new int[1]),
    /** Truth values: 0 or 1. */
    INT8(1, new byte[1]);

    private static final List<Numbers> READABLE = List.of(FLOAT64, FLOAT32, INT64, INT32);
    /** In the encoding of a type: the class beside a version of the encoding, and the first of the class's bits. */
    private static final int CLASS = 0x0F;
    private static final int FLAGS = 1;
    private static final int BIG_ENDIAN = 1;

    private final int bytes;
    private final Object sample;

    Numbers(int bytes, Object sample) {
        this.bytes = bytes;
        this.sample = sample;
    }

    /**
     * What an HDF5 type is of ours, in either byte order. HDF5 lets users lay out the bits of a number as they like; a
     * type of ours is one all of whose bits lie where ours do.
     */
    static Optional<Numbers> of(DataType type) {
        return isNumber(type)
                ? READABLE.stream().filter(known -> layout(DataType.fromObject(known.sample)).equals(layout(type))).findFirst()
                : Optional.empty();
    }

    private static boolean isNumber(DataType type) {
        return type instanceof FixedPoint || type instanceof FloatingPoint;
    }

    /** The encoding of a type but for the version of the encoding and the order of the bytes. */
    private static ByteBuffer layout(DataType type) {
        ByteBuffer encoded = type.toBuffer();
        ByteBuffer layout = ByteBuffer.allocate(encoded.remaining()).put(encoded).flip();
        return layout.put(0, (byte) (layout.get(0) & CLASS)).put(FLAGS, (byte) (layout.get(FLAGS) & ~BIG_ENDIAN));
    }

    /** What others call a type, for a message. */
    static String name(DataType type) {
        return switch (type) {
            case FixedPoint integer -> (integer.isSigned() ? "int" : "uint") + integer.getBitPrecision()
                    + storage(type, integer.getBitPrecision(), integer.getBitOffset());
            case FloatingPoint real -> "float" + real.getBitPrecision()
                    + storage(type, real.getBitPrecision(), real.getBitOffset())
                    + " (" + real.getExponentSize() + " bits of exponent, " + real.getMantissaSize() + " of mantissa)";
            default -> type.getClass().getSimpleName() + " of " + type.getSize() + " bytes";
        };
    }

    private static String storage(DataType type, int precision, int offset) {
        return precision == type.getSize() * Byte.SIZE ? ""
                : " in " + type.getSize() + " bytes" + (offset == 0 ? "" : " from bit " + offset + " on");
    }

    public int bytes() {
        return bytes;
    }

    public boolean isFloating() {
        return this == FLOAT64 || this == FLOAT32;
    }

    /** An array of one such element, which is how jHDF names types. */
    Object sample() {
        return sample;
    }
}
