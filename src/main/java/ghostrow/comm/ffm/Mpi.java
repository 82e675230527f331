package ghostrow.comm.ffm;

import static ghostrow.comm.CFunction.call;
import static ghostrow.comm.ffm.LoadedLibrary.ABI;
import static ghostrow.comm.ffm.LoadedLibrary.link;
import static ghostrow.comm.ffm.LoadedLibrary.linkLong;

import ghostrow.comm.Comm;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * MPI as Java sees it here: one static method a function, addresses and handles as {@code long}, the error
 * code as the result. A call names eight numbers, or twelve; those that the function does not take are 0.
 *
 * <p>Each handle sits in a holder class of its own. The class is initialised by the first call, which is when
 * its function is linked (linking all of them costs a quarter of a second at start), and from then on the
 * handle is a constant to the JIT, which compiles the call down to an almost direct one.
 */
final class Mpi {
    static final int SUCCESS = 0;
    static final int MAX_ERROR_STRING = 1024;
    static final int MAX_PROCESSOR_NAME = 256;

    static final long COMM_WORLD = ABI.commWorld();
    static final long BYTE = ABI.bytes();
    private static final long[] TYPES = types();
    private static final long[] OPS = ops();
    static final long INFO_NULL = ABI.infoNull();
    static final long IN_PLACE = ABI.inPlace();
    static final int THREAD_SERIALIZED = ABI.threadSerialized();
    static final int PROC_NULL = ABI.procNull();
    static final int ANY_SOURCE = ABI.anySource();
    static final int ANY_TAG = ABI.anyTag();
    /** None of the ABIs has a longer one. */
    static final int STATUS_BYTES = 64;
    static final long STATUS_IGNORE = ABI.statusIgnore();
    static final long STATUSES_IGNORE = ABI.statusesIgnore();
    static final long HANDLE_BYTES = ABI.handleBytes();

    private Mpi() {
    }

    private static long[] types() {
        Comm.Type[] all = Comm.Type.values();
        long[] types = new long[all.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = ABI.type(all[i]);
        }
        return types;
    }

    private static long[] ops() {
        Comm.Op[] all = Comm.Op.values();
        long[] ops = new long[Comm.Op.MINLOC.ordinal()];
        for (int i = 0; i < ops.length; i++) {
            ops[i] = ABI.op(all[i]);
        }
        return ops;
    }

    static long type(Comm.Type type) {
        return TYPES[type.ordinal()];
    }

    /** Those that MPI has for single elements. */
    static long op(Comm.Op op) {
        return OPS[op.ordinal()];
    }

    /** Finds the library, and makes ready for the first call. */
    static void load() {
        Objects.requireNonNull(Init_thread.CALL);
    }

    private static final class Init_thread {
        static final MethodHandle CALL = link("MPI_Init_thread");
    }

    static int initThread(long argc, long argv, int required, long provided) {
        return call(Init_thread.CALL, argc, argv, required, provided, 0, 0, 0, 0);
    }

    private static final class Finalize {
        static final MethodHandle CALL = link("MPI_Finalize");
    }

    static int finish() {
        return call(Finalize.CALL, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class Abort {
        static final MethodHandle CALL = link("MPI_Abort");
    }

    static int abort(long comm, int code) {
        return call(Abort.CALL, comm, code, 0, 0, 0, 0, 0, 0);
    }

    private static final class Comm_rank {
        static final MethodHandle CALL = link("MPI_Comm_rank");
    }

    static int commRank(long comm, long rank) {
        return call(Comm_rank.CALL, comm, rank, 0, 0, 0, 0, 0, 0);
    }

    private static final class Comm_size {
        static final MethodHandle CALL = link("MPI_Comm_size");
    }

    static int commSize(long comm, long size) {
        return call(Comm_size.CALL, comm, size, 0, 0, 0, 0, 0, 0);
    }

    private static final class Comm_set_errhandler {
        static final MethodHandle CALL = link("MPI_Comm_set_errhandler");
    }

    static int commSetErrhandler(long comm, long handler) {
        return call(Comm_set_errhandler.CALL, comm, handler, 0, 0, 0, 0, 0, 0);
    }

    private static final class Comm_split {
        static final MethodHandle CALL = link("MPI_Comm_split");
    }

    static int commSplit(long comm, int colour, int key, long newComm) {
        return call(Comm_split.CALL, comm, colour, key, newComm, 0, 0, 0, 0);
    }

    private static final class Comm_dup {
        static final MethodHandle CALL = link("MPI_Comm_dup");
    }

    static int commDup(long comm, long newComm) {
        return call(Comm_dup.CALL, comm, newComm, 0, 0, 0, 0, 0, 0);
    }

    private static final class Comm_free {
        static final MethodHandle CALL = link("MPI_Comm_free");
    }

    static int commFree(long comm) {
        return call(Comm_free.CALL, comm, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class Get_processor_name {
        static final MethodHandle CALL = link("MPI_Get_processor_name");
    }

    static int getProcessorName(long name, long length) {
        return call(Get_processor_name.CALL, name, length, 0, 0, 0, 0, 0, 0);
    }

    private static final class Error_class {
        static final MethodHandle CALL = link("MPI_Error_class");
    }

    static int errorClass(int code, long errorClass) {
        return call(Error_class.CALL, code, errorClass, 0, 0, 0, 0, 0, 0);
    }

    private static final class Error_string {
        static final MethodHandle CALL = link("MPI_Error_string");
    }

    static int errorString(int code, long text, long length) {
        return call(Error_string.CALL, code, text, length, 0, 0, 0, 0, 0);
    }

    private static final class Send {
        static final MethodHandle CALL = link("MPI_Send");
    }

    static int send(long buffer, int count, long type, int peer, int tag, long comm) {
        return call(Send.CALL, buffer, count, type, peer, tag, comm, 0, 0);
    }

    private static final class Ssend {
        static final MethodHandle CALL = link("MPI_Ssend");
    }

    static int ssend(long buffer, int count, long type, int peer, int tag, long comm) {
        return call(Ssend.CALL, buffer, count, type, peer, tag, comm, 0, 0);
    }

    private static final class Recv {
        static final MethodHandle CALL = link("MPI_Recv");
    }

    static int recv(long buffer, int count, long type, int peer, int tag, long comm, long status) {
        return call(Recv.CALL, buffer, count, type, peer, tag, comm, status, 0);
    }

    private static final class Sendrecv {
        static final MethodHandle CALL = linkLong("MPI_Sendrecv");
    }

    static int sendrecv(long outgoing, int outCount, long outType, int to, int sendTag,
            long incoming, int inCount, long inType, int from, int recvTag, long comm, long status) {
        return call(Sendrecv.CALL, outgoing, outCount, outType, to, sendTag, incoming, inCount, inType, from, recvTag,
                comm, status);
    }

    private static final class Probe {
        static final MethodHandle CALL = link("MPI_Probe");
    }

    static int probe(int peer, int tag, long comm, long status) {
        return call(Probe.CALL, peer, tag, comm, status, 0, 0, 0, 0);
    }

    private static final class Iprobe {
        static final MethodHandle CALL = link("MPI_Iprobe");
    }

    static int iprobe(int peer, int tag, long comm, long flag, long status) {
        return call(Iprobe.CALL, peer, tag, comm, flag, status, 0, 0, 0);
    }

    private static final class Get_count {
        static final MethodHandle CALL = link("MPI_Get_count");
    }

    static int getCount(long status, long type, long count) {
        return call(Get_count.CALL, status, type, count, 0, 0, 0, 0, 0);
    }

    private static final class Isend {
        static final MethodHandle CALL = link("MPI_Isend");
    }

    static int isend(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        return call(Isend.CALL, buffer, count, type, peer, tag, comm, request, 0);
    }

    private static final class Irecv {
        static final MethodHandle CALL = link("MPI_Irecv");
    }

    static int irecv(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        return call(Irecv.CALL, buffer, count, type, peer, tag, comm, request, 0);
    }

    private static final class Send_init {
        static final MethodHandle CALL = link("MPI_Send_init");
    }

    static int sendInit(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        return call(Send_init.CALL, buffer, count, type, peer, tag, comm, request, 0);
    }

    private static final class Recv_init {
        static final MethodHandle CALL = link("MPI_Recv_init");
    }

    static int recvInit(long buffer, int count, long type, int peer, int tag, long comm, long request) {
        return call(Recv_init.CALL, buffer, count, type, peer, tag, comm, request, 0);
    }

    private static final class Wait {
        static final MethodHandle CALL = link("MPI_Wait");
    }

    static int await(long request, long status) {
        return call(Wait.CALL, request, status, 0, 0, 0, 0, 0, 0);
    }

    private static final class Test {
        static final MethodHandle CALL = link("MPI_Test");
    }

    static int test(long request, long flag, long status) {
        return call(Test.CALL, request, flag, status, 0, 0, 0, 0, 0);
    }

    private static final class Waitall {
        static final MethodHandle CALL = link("MPI_Waitall");
    }

    static int awaitAll(int count, long requests, long statuses) {
        return call(Waitall.CALL, count, requests, statuses, 0, 0, 0, 0, 0);
    }

    private static final class Testall {
        static final MethodHandle CALL = link("MPI_Testall");
    }

    static int testAll(int count, long requests, long flag, long statuses) {
        return call(Testall.CALL, count, requests, flag, statuses, 0, 0, 0, 0);
    }

    private static final class Startall {
        static final MethodHandle CALL = link("MPI_Startall");
    }

    static int startAll(int count, long requests) {
        return call(Startall.CALL, count, requests, 0, 0, 0, 0, 0, 0);
    }

    private static final class Request_free {
        static final MethodHandle CALL = link("MPI_Request_free");
    }

    static int requestFree(long request) {
        return call(Request_free.CALL, request, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class Barrier {
        static final MethodHandle CALL = link("MPI_Barrier");
    }

    static int barrier(long comm) {
        return call(Barrier.CALL, comm, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class Bcast {
        static final MethodHandle CALL = link("MPI_Bcast");
    }

    static int bcast(long buffer, int count, long type, int root, long comm) {
        return call(Bcast.CALL, buffer, count, type, root, comm, 0, 0, 0);
    }

    private static final class Reduce {
        static final MethodHandle CALL = link("MPI_Reduce");
    }

    static int reduce(long mine, long result, int count, long type, long op, int root, long comm) {
        return call(Reduce.CALL, mine, result, count, type, op, root, comm, 0);
    }

    private static final class Allreduce {
        static final MethodHandle CALL = link("MPI_Allreduce");
    }

    static int allreduce(long mine, long result, int count, long type, long op, long comm) {
        return call(Allreduce.CALL, mine, result, count, type, op, comm, 0, 0);
    }

    private static final class Gather {
        static final MethodHandle CALL = link("MPI_Gather");
    }

    static int gather(long mine, int count, long type, long all, int partCount, long partType,
            int root, long comm) {
        return call(Gather.CALL, mine, count, type, all, partCount, partType, root, comm);
    }

    private static final class Scan {
        static final MethodHandle CALL = link("MPI_Scan");
    }

    static int scan(long mine, long result, int count, long type, long op, long comm) {
        return call(Scan.CALL, mine, result, count, type, op, comm, 0, 0);
    }

    private static final class Exscan {
        static final MethodHandle CALL = link("MPI_Exscan");
    }

    static int exscan(long mine, long result, int count, long type, long op, long comm) {
        return call(Exscan.CALL, mine, result, count, type, op, comm, 0, 0);
    }

    private static final class Reduce_scatter_block {
        static final MethodHandle CALL = link("MPI_Reduce_scatter_block");
    }

    static int reduceScatter(long mine, long result, int count, long type, long op, long comm) {
        return call(Reduce_scatter_block.CALL, mine, result, count, type, op, comm, 0, 0);
    }

    private static final class Scatter {
        static final MethodHandle CALL = link("MPI_Scatter");
    }

    static int scatter(long all, int partCount, long partType, long mine, int count, long type, int root, long comm) {
        return call(Scatter.CALL, all, partCount, partType, mine, count, type, root, comm);
    }

    private static final class Allgather {
        static final MethodHandle CALL = link("MPI_Allgather");
    }

    static int allgather(long mine, int count, long type, long all, int partCount, long partType, long comm) {
        return call(Allgather.CALL, mine, count, type, all, partCount, partType, comm, 0);
    }

    private static final class Alltoall {
        static final MethodHandle CALL = link("MPI_Alltoall");
    }

    static int alltoall(long outgoing, int outCount, long outType, long incoming, int inCount, long inType, long comm) {
        return call(Alltoall.CALL, outgoing, outCount, outType, incoming, inCount, inType, comm, 0);
    }

    private static final class Ibarrier {
        static final MethodHandle CALL = link("MPI_Ibarrier");
    }

    static int ibarrier(long comm, long request) {
        return call(Ibarrier.CALL, comm, request, 0, 0, 0, 0, 0, 0);
    }

    private static final class Ibcast {
        static final MethodHandle CALL = link("MPI_Ibcast");
    }

    static int ibcast(long buffer, int count, long type, int root, long comm, long request) {
        return call(Ibcast.CALL, buffer, count, type, root, comm, request, 0, 0);
    }

    private static final class Iallreduce {
        static final MethodHandle CALL = link("MPI_Iallreduce");
    }

    static int iallreduce(long mine, long result, int count, long type, long op, long comm, long request) {
        return call(Iallreduce.CALL, mine, result, count, type, op, comm, request, 0);
    }

    private static final class Win_allocate {
        static final MethodHandle CALL = link("MPI_Win_allocate");
    }

    static int winAllocate(long bytes, int unit, long info, long comm, long base, long window) {
        return call(Win_allocate.CALL, bytes, unit, info, comm, base, window, 0, 0);
    }

    private static final class Win_allocate_shared {
        static final MethodHandle CALL = link("MPI_Win_allocate_shared");
    }

    static int winAllocateShared(long bytes, int unit, long info, long comm, long base, long window) {
        return call(Win_allocate_shared.CALL, bytes, unit, info, comm, base, window, 0, 0);
    }

    private static final class Win_shared_query {
        static final MethodHandle CALL = link("MPI_Win_shared_query");
    }

    static int winSharedQuery(long window, int rank, long bytes, long unit, long base) {
        return call(Win_shared_query.CALL, window, rank, bytes, unit, base, 0, 0, 0);
    }

    private static final class Win_fence {
        static final MethodHandle CALL = link("MPI_Win_fence");
    }

    static int winFence(int assertion, long window) {
        return call(Win_fence.CALL, assertion, window, 0, 0, 0, 0, 0, 0);
    }

    private static final class Win_free {
        static final MethodHandle CALL = link("MPI_Win_free");
    }

    static int winFree(long window) {
        return call(Win_free.CALL, window, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class Win_lock_all {
        static final MethodHandle CALL = link("MPI_Win_lock_all");
    }

    static int winLockAll(int mode, long window) {
        return call(Win_lock_all.CALL, mode, window, 0, 0, 0, 0, 0, 0);
    }

    private static final class Win_unlock_all {
        static final MethodHandle CALL = link("MPI_Win_unlock_all");
    }

    static int winUnlockAll(long window) {
        return call(Win_unlock_all.CALL, window, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class Win_flush {
        static final MethodHandle CALL = link("MPI_Win_flush");
    }

    static int winFlush(int rank, long window) {
        return call(Win_flush.CALL, rank, window, 0, 0, 0, 0, 0, 0);
    }

    private static final class Fetch_and_op {
        static final MethodHandle CALL = link("MPI_Fetch_and_op");
    }

    static int fetchAndOp(long amount, long before, long type, int rank, long offset, long op, long window) {
        return call(Fetch_and_op.CALL, amount, before, type, rank, offset, op, window, 0);
    }
}
