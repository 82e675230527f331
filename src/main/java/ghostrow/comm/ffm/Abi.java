package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.CommException.ErrorClass;
import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun.Library;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/**
 * What the {@code mpi.h} of the families, and that of the MPI 5 standard, disagree about. A handle (communicator,
 * datatype, ...) is an address in one and an int in another; here it is always a {@code long}, narrowed where a call
 * needs it.
 */
sealed interface Abi permits OpenMpiAbi, MpichAbi, StandardAbi {

    /**
     * What the library answers decides, whatever its file is called.
     *
     * @param standard the major version of MPI's own ABI, if that is the library's; otherwise 0
     */
    static Abi of(Library family, int standard, SymbolLookup symbols) {
        if (standard > StandardAbi.MAJOR) {
            throw new CommException("the MPI library has version " + standard + " of the standard ABI; what is known is "
                    + StandardAbi.MAJOR + ": name the same installation's libmpi.so or libmpich.so in "
                    + LibraryWish.VARIABLE);
        }
        return standard > 0 ? new StandardAbi() : family == Library.OPEN_MPI ? new OpenMpiAbi(symbols) : new MpichAbi();
    }

    /** The family of a library, by the first words of MPI_Get_library_version. */
    static Library family(String libraryVersion) {
        if (libraryVersion.startsWith("Open MPI")) {
            return Library.OPEN_MPI;
        }
        if (libraryVersion.contains("MPICH") || libraryVersion.contains("MVAPICH")
                || libraryVersion.startsWith("Intel(R) MPI")) {
            return Library.MPICH;
        }
        throw new CommException("the MPI library calls itself '"
                + libraryVersion.lines().findFirst().orElse("")
                + "'; known are Open MPI and the family of MPICH");
    }

    /** What records and the doctor call it. */
    String title();

    /** How a handle is passed to a function and kept in memory. */
    ValueLayout handle();

    long commWorld();

    long bytes();

    /** What elements of a type are called, in memory that all machines of a job read alike. */
    long type(Comm.Type type);

    /** What combines them; nothing of MPI takes our pairs. */
    long op(Comm.Op op);

    long infoNull();

    long errorsReturn();

    int threadSerialized();

    int procNull();

    int anySource();

    int anyTag();

    /** The class of an error by its number. */
    default ErrorClass errorClass(int number) {
        return ErrorClass.numbered(number);
    }

    /** Where the sender stands in a status, and after it the tag. */
    long sourceInStatus();

    /**
     * How many bytes came, by a status, or less than 0 where the library must be asked. To ask takes a tenth of the time
     * that a short message takes.
     */
    default long bytesInStatus(MemorySegment status) {
        return -1;
    }

    /** Passed instead of an address, as are the next two. */
    long inPlace();

    long statusIgnore();

    long statusesIgnore();

    default long readHandle(MemorySegment at) {
        return handle() instanceof ValueLayout.OfInt layout
                ? at.get(layout, 0) : at.get(ValueLayout.JAVA_LONG, 0);
    }

    default void writeHandle(MemorySegment at, long value) {
        if (handle() instanceof ValueLayout.OfInt layout) {
            at.set(layout, 0, (int) value);
        } else {
            at.set(ValueLayout.JAVA_LONG, 0, value);
        }
    }

    default long handleBytes() {
        MemoryLayout layout = handle();
        return layout.byteSize();
    }
}
