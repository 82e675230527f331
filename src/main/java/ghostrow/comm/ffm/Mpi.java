package ghostrow.comm.ffm;

import static ghostrow.comm.ffm.LoadedLibrary.ABI;
import static ghostrow.comm.ffm.LoadedLibrary.link;

import java.lang.invoke.MethodHandle;

/**
 * MPI as Java sees it here: one static method a function, addresses and handles as {@code long}, the error
 * code as the result.
 *
 * <p>Each handle sits in a holder class of its own. The class is initialised by the first call, which is when
 * its function is linked (linking all of them costs a quarter of a second at start), and from then on the
 * handle is a constant to the JIT, which compiles the call down to an almost direct one.
 */
final class Mpi {
    static final int SUCCESS = 0;
    static final int THREAD_SERIALIZED = 2;
    static final int MAX_ERROR_STRING = 1024;
    static final int MAX_PROCESSOR_NAME = 256;

    static final long COMM_WORLD = ABI.commWorld();
    static final long BYTE = ABI.bytes();
    static final long INT64 = ABI.int64();
    static final long DOUBLE = ABI.float64();
    static final long SUM = ABI.sum();
    static final long MIN = ABI.min();
    static final long MAX = ABI.max();
    static final long INFO_NULL = ABI.infoNull();
    static final long IN_PLACE = ABI.inPlace();
    static final int PROC_NULL = ABI.procNull();
    static final long STATUS_IGNORE = ABI.statusIgnore();
    static final long STATUSES_IGNORE = ABI.statusesIgnore();
    static final long HANDLE_BYTES = ABI.handleBytes();

    private Mpi() {
    }

    /** The linked functions cannot throw; the compiler does not know. */
    private static AssertionError impossible(Throwable thrown) {
        return new AssertionError(thrown);
    }

    private static final class Init_thread {
        static final MethodHandle CALL = link("MPI_Init_thread", "ppip");
    }

    static int initThread(long argc, long argv, int required, long provided) {
        try {
            return (int) Init_thread.CALL.invokeExact(argc, argv, required, provided);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Finalize {
        static final MethodHandle CALL = link("MPI_Finalize", "");
    }

    static int finish() {
        try {
            return (int) Finalize.CALL.invokeExact();
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Abort {
        static final MethodHandle CALL = link("MPI_Abort", "hi");
    }

    static int abort(long comm, int code) {
        try {
            return (int) Abort.CALL.invokeExact(comm, code);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Comm_rank {
        static final MethodHandle CALL = link("MPI_Comm_rank", "hp");
    }

    static int commRank(long comm, long rank) {
        try {
            return (int) Comm_rank.CALL.invokeExact(comm, rank);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Comm_size {
        static final MethodHandle CALL = link("MPI_Comm_size", "hp");
    }

    static int commSize(long comm, long size) {
        try {
            return (int) Comm_size.CALL.invokeExact(comm, size);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Comm_set_errhandler {
        static final MethodHandle CALL = link("MPI_Comm_set_errhandler", "hh");
    }

    static int commSetErrhandler(long comm, long handler) {
        try {
            return (int) Comm_set_errhandler.CALL.invokeExact(comm, handler);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Comm_split {
        static final MethodHandle CALL = link("MPI_Comm_split", "hiip");
    }

    static int commSplit(long comm, int colour, int key, long newComm) {
        try {
            return (int) Comm_split.CALL.invokeExact(comm, colour, key, newComm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Comm_dup {
        static final MethodHandle CALL = link("MPI_Comm_dup", "hp");
    }

    static int commDup(long comm, long newComm) {
        try {
            return (int) Comm_dup.CALL.invokeExact(comm, newComm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Comm_free {
        static final MethodHandle CALL = link("MPI_Comm_free", "p");
    }

    static int commFree(long comm) {
        try {
            return (int) Comm_free.CALL.invokeExact(comm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Get_processor_name {
        static final MethodHandle CALL = link("MPI_Get_processor_name", "pp");
    }

    static int getProcessorName(long name, long length) {
        try {
            return (int) Get_processor_name.CALL.invokeExact(name, length);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Error_class {
        static final MethodHandle CALL = link("MPI_Error_class", "ip");
    }

    static int errorClass(int code, long errorClass) {
        try {
            return (int) Error_class.CALL.invokeExact(code, errorClass);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Error_string {
        static final MethodHandle CALL = link("MPI_Error_string", "ipp");
    }

    static int errorString(int code, long text, long length) {
        try {
            return (int) Error_string.CALL.invokeExact(code, text, length);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Send {
        static final MethodHandle CALL = link("MPI_Send", "pihiih");
    }

    static int send(long buffer, int count, long type, int peer, int tag, long comm) {
        try {
            return (int) Send.CALL.invokeExact(buffer, count, type, peer, tag, comm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Recv {
        static final MethodHandle CALL = link("MPI_Recv", "pihiihp");
    }

    static int recv(long buffer, int count, long type, int peer, int tag, long comm, long status) {
        try {
            return (int) Recv.CALL.invokeExact(buffer, count, type, peer, tag, comm, status);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Sendrecv {
        static final MethodHandle CALL = link("MPI_Sendrecv", "pihiipihiihp");
    }

    static int sendrecv(long outgoing, int outCount, long outType, int to, int sendTag,
            long incoming, int inCount, long inType, int from, int recvTag, long comm, long status) {
        try {
            return (int) Sendrecv.CALL.invokeExact(outgoing, outCount, outType, to, sendTag,
                    incoming, inCount, inType, from, recvTag, comm, status);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Isend {
        static final MethodHandle CALL = link("MPI_Isend", "pihiihp");
    }

    static int isend(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        try {
            return (int) Isend.CALL.invokeExact(buffer, count, type, peer, tag, comm, request);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Irecv {
        static final MethodHandle CALL = link("MPI_Irecv", "pihiihp");
    }

    static int irecv(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        try {
            return (int) Irecv.CALL.invokeExact(buffer, count, type, peer, tag, comm, request);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Send_init {
        static final MethodHandle CALL = link("MPI_Send_init", "pihiihp");
    }

    static int sendInit(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        try {
            return (int) Send_init.CALL.invokeExact(buffer, count, type, peer, tag, comm, request);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Recv_init {
        static final MethodHandle CALL = link("MPI_Recv_init", "pihiihp");
    }

    static int recvInit(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        try {
            return (int) Recv_init.CALL.invokeExact(buffer, count, type, peer, tag, comm, request);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Wait {
        static final MethodHandle CALL = link("MPI_Wait", "pp");
    }

    static int await(long request, long status) {
        try {
            return (int) Wait.CALL.invokeExact(request, status);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Waitall {
        static final MethodHandle CALL = link("MPI_Waitall", "ipp");
    }

    static int awaitAll(int count, long requests, long statuses) {
        try {
            return (int) Waitall.CALL.invokeExact(count, requests, statuses);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Startall {
        static final MethodHandle CALL = link("MPI_Startall", "ip");
    }

    static int startAll(int count, long requests) {
        try {
            return (int) Startall.CALL.invokeExact(count, requests);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Request_free {
        static final MethodHandle CALL = link("MPI_Request_free", "p");
    }

    static int requestFree(long request) {
        try {
            return (int) Request_free.CALL.invokeExact(request);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Barrier {
        static final MethodHandle CALL = link("MPI_Barrier", "h");
    }

    static int barrier(long comm) {
        try {
            return (int) Barrier.CALL.invokeExact(comm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Bcast {
        static final MethodHandle CALL = link("MPI_Bcast", "pihih");
    }

    static int bcast(long buffer, int count, long type, int root, long comm) {
        try {
            return (int) Bcast.CALL.invokeExact(buffer, count, type, root, comm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Reduce {
        static final MethodHandle CALL = link("MPI_Reduce", "ppihhih");
    }

    static int reduce(long mine, long result, int count, long type, long op, int root, long comm) {
        try {
            return (int) Reduce.CALL.invokeExact(mine, result, count, type, op, root, comm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Allreduce {
        static final MethodHandle CALL = link("MPI_Allreduce", "ppihhh");
    }

    static int allreduce(long mine, long result, int count, long type, long op, long comm) {
        try {
            return (int) Allreduce.CALL.invokeExact(mine, result, count, type, op, comm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Gather {
        static final MethodHandle CALL = link("MPI_Gather", "pihpihih");
    }

    static int gather(long mine, int count, long type, long all, int partCount, long partType,
            int root, long comm) {
        try {
            return (int) Gather.CALL.invokeExact(mine, count, type, all, partCount, partType, root, comm);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Win_allocate {
        static final MethodHandle CALL = link("MPI_Win_allocate", "pihhpp");
    }

    static int winAllocate(long bytes, int unit, long info, long comm, long base, long window) {
        try {
            return (int) Win_allocate.CALL.invokeExact(bytes, unit, info, comm, base, window);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Win_free {
        static final MethodHandle CALL = link("MPI_Win_free", "p");
    }

    static int winFree(long window) {
        try {
            return (int) Win_free.CALL.invokeExact(window);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Win_lock_all {
        static final MethodHandle CALL = link("MPI_Win_lock_all", "ih");
    }

    static int winLockAll(int mode, long window) {
        try {
            return (int) Win_lock_all.CALL.invokeExact(mode, window);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Win_unlock_all {
        static final MethodHandle CALL = link("MPI_Win_unlock_all", "h");
    }

    static int winUnlockAll(long window) {
        try {
            return (int) Win_unlock_all.CALL.invokeExact(window);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Win_flush {
        static final MethodHandle CALL = link("MPI_Win_flush", "ih");
    }

    static int winFlush(int rank, long window) {
        try {
            return (int) Win_flush.CALL.invokeExact(rank, window);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static final class Fetch_and_op {
        static final MethodHandle CALL = link("MPI_Fetch_and_op", "pphiphh");
    }

    static int fetchAndOp(long amount, long before, long type, int rank, long offset, long op, long window) {
        try {
            return (int) Fetch_and_op.CALL.invokeExact(amount, before, type, rank, offset, op, window);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }
}
