package ghostrow.comm.ffm;

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
    public long int64() {
        return 0x258;
    }

    @Override
    public long float64() {
        return 0x214;
    }

    @Override
    public long sum() {
        return 0x21;
    }

    @Override
    public long min() {
        return 0x22;
    }

    @Override
    public long max() {
        return 0x23;
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
