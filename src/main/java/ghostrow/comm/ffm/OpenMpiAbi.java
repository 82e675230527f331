package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
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
    public long type(Comm.Type type) {
        return switch (type) {
            case BYTE -> address("ompi_mpi_int8_t");
            case INT -> address("ompi_mpi_int32_t");
            case LONG -> address("ompi_mpi_int64_t");
            case FLOAT -> address("ompi_mpi_float");
            case DOUBLE -> address("ompi_mpi_double");
        };
    }

    @Override
    public long op(Comm.Op op) {
        return switch (op) {
            case SUM -> address("ompi_mpi_op_sum");
            case PROD -> address("ompi_mpi_op_prod");
            case MIN -> address("ompi_mpi_op_min");
            case MAX -> address("ompi_mpi_op_max");
            case LAND -> address("ompi_mpi_op_land");
            case LOR -> address("ompi_mpi_op_lor");
            case LXOR -> address("ompi_mpi_op_lxor");
            case BAND -> address("ompi_mpi_op_band");
            case BOR -> address("ompi_mpi_op_bor");
            case BXOR -> address("ompi_mpi_op_bxor");
            case MINLOC, MAXLOC -> throw new AssertionError(op);
        };
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
    public int anySource() {
        return -1;
    }

    @Override
    public int anyTag() {
        return -1;
    }

    @Override
    public long sourceInStatus() {
        return 0;
    }

    /** Behind the source, the tag, the error and whether it was cancelled. */
    @Override
    public long bytesInStatus(MemorySegment status) {
        return status.get(ValueLayout.JAVA_LONG, 4 * Integer.BYTES);
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
