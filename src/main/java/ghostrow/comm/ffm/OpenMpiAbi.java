package ghostrow.comm.ffm;

import ghostrow.comm.CommException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/**
 * Open MPI 4 and 5: a handle is the address of an object, and the predefined ones are the library's
 * symbols.
 */
record OpenMpiAbi(SymbolLookup symbols) implements Abi {

    private long address(String symbol) {
        MemorySegment found = symbols.find(symbol).orElse(null);
        if (found == null) {
            throw new CommException("this Open MPI has no symbol " + symbol);
        }
        return found.address();
    }

    @Override
    public String title() {
        return "Open MPI's own ABI";
    }

    @Override
    public ValueLayout handle() {
        return ValueLayout.JAVA_LONG;
    }

    @Override
    public long commWorld() {
        return address("ompi_mpi_comm_world");
    }

    @Override
    public long bytes() {
        return address("ompi_mpi_byte");
    }

    @Override
    public long int64() {
        return address("ompi_mpi_int64_t");
    }

    @Override
    public long float64() {
        return address("ompi_mpi_double");
    }

    @Override
    public long sum() {
        return address("ompi_mpi_op_sum");
    }

    @Override
    public long min() {
        return address("ompi_mpi_op_min");
    }

    @Override
    public long max() {
        return address("ompi_mpi_op_max");
    }

    @Override
    public long infoNull() {
        return address("ompi_mpi_info_null");
    }

    @Override
    public long errorsReturn() {
        return address("ompi_mpi_errors_return");
    }

    @Override
    public int threadSerialized() {
        return 2;
    }

    @Override
    public int procNull() {
        return -2;
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
