package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import java.lang.foreign.ValueLayout;

/**
 * The ABI of the MPI 5 standard, by which a program runs on either family's {@code libmpi_abi}: a handle is a pointer
 * that is never followed, and the predefined ones are small numbers. Its {@code mpi.h} is the same everywhere.
 */
record StandardAbi() implements Abi {
    static final int MAJOR = 1;

    @Override
    public String title() {
        return "the standard ABI of MPI 5";
    }

    @Override
    public ValueLayout handle() {
        return ValueLayout.JAVA_LONG;
    }

    @Override
    public long commWorld() {
        return 0x101;
    }

    @Override
    public long bytes() {
        return 0x247;
    }

    @Override
    public long type(Comm.Type type) {
        return switch (type) {
            case BYTE -> 0x240;
            case INT -> 0x250;
            case LONG -> 0x258;
            case FLOAT -> 0x210;
            case DOUBLE -> 0x214;
        };
    }

    @Override
    public long op(Comm.Op op) {
        return switch (op) {
            case SUM -> 0x21;
            case PROD -> 0x24;
            case MIN -> 0x22;
            case MAX -> 0x23;
            case LAND -> 0x30;
            case LOR -> 0x31;
            case LXOR -> 0x32;
            case BAND -> 0x28;
            case BOR -> 0x29;
            case BXOR -> 0x2a;
            case MINLOC, MAXLOC -> throw new AssertionError(op);
        };
    }

    @Override
    public long infoNull() {
        return 0x130;
    }

    @Override
    public long errorsReturn() {
        return 0x143;
    }

    @Override
    public int threadSerialized() {
        return 2048;
    }

    @Override
    public int procNull() {
        return -3;
    }

    @Override
    public int anySource() {
        return -1;
    }

    @Override
    public int anyTag() {
        return -2;
    }

    @Override
    public long sourceInStatus() {
        return 0;
    }

    @Override
    public long inPlace() {
        return 1;
    }

    @Override
    public long statusIgnore() {
        return 0;
    }

    @Override
    public long statusesIgnore() {
        return 0;
    }
}
