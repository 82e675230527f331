/**
 * The transport {@code native}: MPI's C functions called through java.lang.foreign, whichever of Open MPI and
 * MPICH the launcher belongs to.
 *
 * <pre>
 *     NativeTransport   joins the world, checks it, runs the program, ends it
 *     NativeComm ...    ghostrow.comm in terms of MPI; cuts what an int cannot count
 *     Mpi               one static method a function, linked by its first call
 *     LoadedLibrary     the one library of this process      LibraryChoice   which one that is
 *     Abi               what the two mpi.h disagree about
 * </pre>
 *
 * <p>Limits: Linux's names for the libraries; 64-bit processes; MPI_THREAD_SERIALIZED, so one call at a
 * time. The downcalls never use {@code Linker.Option.critical}: a rank that waits inside one would stop the
 * garbage collector, and with it the thread that has the message the other ranks wait for.
 */
package ghostrow.comm.ffm;
