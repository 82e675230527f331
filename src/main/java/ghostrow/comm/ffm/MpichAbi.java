package ghostrow.comm.ffm;

import java.lang.foreign.ValueLayout;

/**
 * MPICH since 3.1 and the libraries that share its ABI (Intel MPI, MVAPICH2, Cray MPT): a handle is an int.
 */
record MpichAbi() implements Abi {

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
    public long int64() {
        return 0x4c00083a;
    }

    @Override
    public long float64() {
        return 0x4c00080b;
    }

    @Override
    public long sum() {
        return 0x58000003;
    }

    @Override
    public long min() {
        return 0x58000002;
    }

    @Override
    public long max() {
        return 0x58000001;
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
