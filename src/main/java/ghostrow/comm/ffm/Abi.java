package ghostrow.comm.ffm;

import ghostrow.comm.CommException;
import ghostrow.comm.LibraryWish;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/**
 * What the two families' {@code mpi.h} disagree about. A handle (communicator, datatype, ...) is an address
 * in one and an int in the other; here it is always a {@code long}, narrowed where a call needs it.
 *
 * <p>Limit: a library built for the standard ABI of MPI 5 ({@code libmpi_abi.so}, which both families have beside
 * their own) is refused. It bears its family's name, but neither family's handles.
 */
sealed interface Abi permits OpenMpiAbi, MpichAbi {

    /**
     * The first words of MPI_Get_library_version decide, whatever the file of the library is called.
     *
     * @param standardAbi the major version of MPI's own ABI, if that is the library's; otherwise 0
     */
    static Abi of(String libraryVersion, int standardAbi, SymbolLookup symbols) {
        if (standardAbi > 0) {
            throw new CommException("the MPI library '" + libraryVersion.lines().findFirst().orElse("")
                    + "' has version " + standardAbi + " of the standard ABI (libmpi_abi); what is known is Open MPI's"
                    + " own and MPICH's: name the same installation's libmpi.so or libmpich.so in "
                    + LibraryWish.VARIABLE);
        }
        if (libraryVersion.startsWith("Open MPI")) {
            return new OpenMpiAbi(symbols);
        }
        if (libraryVersion.contains("MPICH") || libraryVersion.contains("MVAPICH")
                || libraryVersion.startsWith("Intel(R) MPI")) {
            return new MpichAbi();
        }
        throw new CommException("the MPI library calls itself '"
                + libraryVersion.lines().findFirst().orElse("")
                + "'; known are Open MPI and the family of MPICH");
    }

    /** How a handle is passed to a function and kept in memory. */
    ValueLayout handle();

    long commWorld();

    long bytes();

    long int64();

    long float64();

    long sum();

    long min();

    long max();

    long infoNull();

    long errorsReturn();


    int procNull();

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
