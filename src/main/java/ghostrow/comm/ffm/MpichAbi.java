package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException.ErrorClass;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * MPICH since 3.1 and the libraries that share its ABI (Intel MPI, MVAPICH2, Cray MPT): a handle is an int.
 */
record MpichAbi() implements Abi {
    private static final List<ErrorClass> ERRORS = List.of(ErrorClass.OTHER, ErrorClass.BUFFER, ErrorClass.COUNT,
            ErrorClass.TYPE, ErrorClass.TAG, ErrorClass.COMM, ErrorClass.RANK, ErrorClass.ROOT, ErrorClass.GROUP,
            ErrorClass.OP, ErrorClass.TOPOLOGY, ErrorClass.DIMENSIONS, ErrorClass.ARGUMENT, ErrorClass.OTHER,
            ErrorClass.TRUNCATE, ErrorClass.OTHER, ErrorClass.INTERN, ErrorClass.OTHER, ErrorClass.OTHER,
            ErrorClass.REQUEST);

    @Override
    public String title() {
        return "MPICH's own ABI";
    }

    @Override
    public ValueLayout handle() {
        return ValueLayout.JAVA_INT;
    }

    @Override
    public long commWorld() {
        return 0x44000000;
    }

    @Override
    public long bytes() {
        return 0x4c00010d;
    }

    @Override
    public long type(Comm.Type type) {
        return switch (type) {
            case BYTE -> 0x4c000137;
            case INT -> 0x4c000439;
            case LONG -> 0x4c00083a;
            case FLOAT -> 0x4c00040a;
            case DOUBLE -> 0x4c00080b;
        };
    }

    @Override
    public long op(Comm.Op op) {
        return switch (op) {
            case SUM -> 0x58000003;
            case PROD -> 0x58000004;
            case MIN -> 0x58000002;
            case MAX -> 0x58000001;
            case LAND -> 0x58000005;
            case LOR -> 0x58000007;
            case LXOR -> 0x58000009;
            case BAND -> 0x58000006;
            case BOR -> 0x58000008;
            case BXOR -> 0x5800000a;
            case MINLOC, MAXLOC -> throw new AssertionError(op);
        };
    }

    @Override
    public long infoNull() {
        return 0x1c000000;
    }

    @Override
    public long errorsReturn() {
        return 0x54000001;
    }

    @Override
    public int threadSerialized() {
        return 2;
    }

    @Override
    public int procNull() {
        return -1;
    }

    @Override
    public int anySource() {
        return -2;
    }

    @Override
    public int anyTag() {
        return -1;
    }

    @Override
    public ErrorClass errorClass(int number) {
        return number >= 0 && number < ERRORS.size() ? ERRORS.get(number) : ErrorClass.OTHER;
    }

    @Override
    public long sourceInStatus() {
        return 8;
    }

    /** The lower half first; the lowest bit of the upper one says whether it was cancelled. */
    @Override
    public long bytesInStatus(MemorySegment status) {
        return (long) (status.get(ValueLayout.JAVA_INT, Integer.BYTES) >>> 1) << Integer.SIZE
                | Integer.toUnsignedLong(status.get(ValueLayout.JAVA_INT, 0));
    }

    @Override
    public long inPlace() {
        return -1;
    }

    @Override
    public long statusIgnore() {
        return 1;
    }

    @Override
    public long statusesIgnore() {
        return 1;
    }
}
