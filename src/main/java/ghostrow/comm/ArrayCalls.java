package ghostrow.comm;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Request;
import ghostrow.comm.Comm.Status;
import ghostrow.comm.Comm.Type;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The calls of {@link Comm} for Java's arrays. A part of an array is {@code MemorySegment.ofArray(array).asSlice(...)},
 * which every call takes too; lengths of parts are numbers of elements here. Where an array counts at the root alone,
 * the others may name null.
 *
 * <p>The collector may move an array while a library reads it, so arrays are copied, through memory outside the heap
 * that is kept for the next call ({@link StagedComm}). That memory grows with the longest arrays that are under way at
 * once, and is not given back. Between two ranks of one machine, with every message written before it is sent, arrays
 * took 1.07 times as long as memory outside the heap at 8 bytes, 1.35 times at 64 KiB and 1.9 times at 1 MiB
 * ({@code ghostrow pingpong --arrays}).
 */
public sealed interface ArrayCalls permits Comm {

    private Comm comm() {
        return (Comm) this;
    }

    // --- double[] -----------------------------------------------------------------------------------------------

    default void send(double[] message, int to, int tag) {
        comm().send(of(message), to, tag);
    }

    default void ssend(double[] message, int to, int tag) {
        comm().ssend(of(message), to, tag);
    }

    default Status recv(double[] message, int from, int tag) {
        return comm().recv(of(message), from, tag);
    }

    default Status sendrecv(double[] outgoing, int to, int sendTag, double[] incoming, int from, int recvTag) {
        return comm().sendrecv(of(outgoing), to, sendTag, of(incoming), from, recvTag);
    }

    default Request isend(double[] message, int to, int tag) {
        return comm().isend(of(message), to, tag);
    }

    default Request irecv(double[] message, int from, int tag) {
        return comm().irecv(of(message), from, tag);
    }

    default void bcast(double[] message, int root) {
        comm().bcast(of(message), root);
    }

    default Request ibcast(double[] message, int root) {
        return comm().ibcast(of(message), root);
    }

    default void reduce(Op op, double[] mine, double[] result, int root) {
        comm().reduce(op, Type.DOUBLE, of(mine), of(result), root);
    }

    default void allreduce(Op op, double[] mine, double[] result) {
        comm().allreduce(op, Type.DOUBLE, of(mine), of(result));
    }

    default Request iallreduce(Op op, double[] mine, double[] result) {
        return comm().iallreduce(op, Type.DOUBLE, of(mine), of(result));
    }

    default void scan(Op op, double[] mine, double[] result) {
        comm().scan(op, Type.DOUBLE, of(mine), of(result));
    }

    default void exscan(Op op, double[] mine, double[] result) {
        comm().exscan(op, Type.DOUBLE, of(mine), of(result));
    }

    default void reduceScatter(Op op, double[] mine, double[] result) {
        comm().reduceScatter(op, Type.DOUBLE, of(mine), of(result));
    }

    default void reduceScatterv(Op op, double[] mine, double[] result, int[] lengths) {
        comm().reduceScatterv(op, Type.DOUBLE, of(mine), of(result), bytes(lengths, Double.BYTES));
    }

    default void gather(double[] mine, double[] all, int root) {
        comm().gather(of(mine), of(all), root);
    }

    default void gatherv(double[] mine, double[] all, int[] lengths, int root) {
        comm().gatherv(of(mine), of(all), bytes(lengths, Double.BYTES), root);
    }

    default void scatter(double[] all, double[] mine, int root) {
        comm().scatter(of(all), of(mine), root);
    }

    default void scatterv(double[] all, int[] lengths, double[] mine, int root) {
        comm().scatterv(of(all), bytes(lengths, Double.BYTES), of(mine), root);
    }

    default void allgather(double[] mine, double[] all) {
        comm().allgather(of(mine), of(all));
    }

    default void allgatherv(double[] mine, double[] all, int[] lengths) {
        comm().allgatherv(of(mine), of(all), bytes(lengths, Double.BYTES));
    }

    default void alltoall(double[] outgoing, double[] incoming) {
        comm().alltoall(of(outgoing), of(incoming));
    }

    default void alltoallv(double[] outgoing, int[] outLengths, double[] incoming, int[] inLengths) {
        comm().alltoallv(of(outgoing), bytes(outLengths, Double.BYTES), of(incoming), bytes(inLengths, Double.BYTES));
    }

    private static MemorySegment of(double[] array) {
        return array == null ? MemorySegment.NULL : MemorySegment.ofArray(array);
    }

    // --- long[] -------------------------------------------------------------------------------------------------

    default void send(long[] message, int to, int tag) {
        comm().send(of(message), to, tag);
    }

    default void ssend(long[] message, int to, int tag) {
        comm().ssend(of(message), to, tag);
    }

    default Status recv(long[] message, int from, int tag) {
        return comm().recv(of(message), from, tag);
    }

    default Status sendrecv(long[] outgoing, int to, int sendTag, long[] incoming, int from, int recvTag) {
        return comm().sendrecv(of(outgoing), to, sendTag, of(incoming), from, recvTag);
    }

    default Request isend(long[] message, int to, int tag) {
        return comm().isend(of(message), to, tag);
    }

    default Request irecv(long[] message, int from, int tag) {
        return comm().irecv(of(message), from, tag);
    }

    default void bcast(long[] message, int root) {
        comm().bcast(of(message), root);
    }

    default Request ibcast(long[] message, int root) {
        return comm().ibcast(of(message), root);
    }

    default void reduce(Op op, long[] mine, long[] result, int root) {
        comm().reduce(op, Type.LONG, of(mine), of(result), root);
    }

    default void allreduce(Op op, long[] mine, long[] result) {
        comm().allreduce(op, Type.LONG, of(mine), of(result));
    }

    default Request iallreduce(Op op, long[] mine, long[] result) {
        return comm().iallreduce(op, Type.LONG, of(mine), of(result));
    }

    default void scan(Op op, long[] mine, long[] result) {
        comm().scan(op, Type.LONG, of(mine), of(result));
    }

    default void exscan(Op op, long[] mine, long[] result) {
        comm().exscan(op, Type.LONG, of(mine), of(result));
    }

    default void reduceScatter(Op op, long[] mine, long[] result) {
        comm().reduceScatter(op, Type.LONG, of(mine), of(result));
    }

    default void reduceScatterv(Op op, long[] mine, long[] result, int[] lengths) {
        comm().reduceScatterv(op, Type.LONG, of(mine), of(result), bytes(lengths, Long.BYTES));
    }

    default void gather(long[] mine, long[] all, int root) {
        comm().gather(of(mine), of(all), root);
    }

    default void gatherv(long[] mine, long[] all, int[] lengths, int root) {
        comm().gatherv(of(mine), of(all), bytes(lengths, Long.BYTES), root);
    }

    default void scatter(long[] all, long[] mine, int root) {
        comm().scatter(of(all), of(mine), root);
    }

    default void scatterv(long[] all, int[] lengths, long[] mine, int root) {
        comm().scatterv(of(all), bytes(lengths, Long.BYTES), of(mine), root);
    }

    default void allgather(long[] mine, long[] all) {
        comm().allgather(of(mine), of(all));
    }

    default void allgatherv(long[] mine, long[] all, int[] lengths) {
        comm().allgatherv(of(mine), of(all), bytes(lengths, Long.BYTES));
    }

    default void alltoall(long[] outgoing, long[] incoming) {
        comm().alltoall(of(outgoing), of(incoming));
    }

    default void alltoallv(long[] outgoing, int[] outLengths, long[] incoming, int[] inLengths) {
        comm().alltoallv(of(outgoing), bytes(outLengths, Long.BYTES), of(incoming), bytes(inLengths, Long.BYTES));
    }

    private static MemorySegment of(long[] array) {
        return array == null ? MemorySegment.NULL : MemorySegment.ofArray(array);
    }

    // --- int[] --------------------------------------------------------------------------------------------------

    default void send(int[] message, int to, int tag) {
        comm().send(of(message), to, tag);
    }

    default void ssend(int[] message, int to, int tag) {
        comm().ssend(of(message), to, tag);
    }

    default Status recv(int[] message, int from, int tag) {
        return comm().recv(of(message), from, tag);
    }

    default Status sendrecv(int[] outgoing, int to, int sendTag, int[] incoming, int from, int recvTag) {
        return comm().sendrecv(of(outgoing), to, sendTag, of(incoming), from, recvTag);
    }

    default Request isend(int[] message, int to, int tag) {
        return comm().isend(of(message), to, tag);
    }

    default Request irecv(int[] message, int from, int tag) {
        return comm().irecv(of(message), from, tag);
    }

    default void bcast(int[] message, int root) {
        comm().bcast(of(message), root);
    }

    default Request ibcast(int[] message, int root) {
        return comm().ibcast(of(message), root);
    }

    default void reduce(Op op, int[] mine, int[] result, int root) {
        comm().reduce(op, Type.INT, of(mine), of(result), root);
    }

    default void allreduce(Op op, int[] mine, int[] result) {
        comm().allreduce(op, Type.INT, of(mine), of(result));
    }

    default Request iallreduce(Op op, int[] mine, int[] result) {
        return comm().iallreduce(op, Type.INT, of(mine), of(result));
    }

    default void scan(Op op, int[] mine, int[] result) {
        comm().scan(op, Type.INT, of(mine), of(result));
    }

    default void exscan(Op op, int[] mine, int[] result) {
        comm().exscan(op, Type.INT, of(mine), of(result));
    }

    default void reduceScatter(Op op, int[] mine, int[] result) {
        comm().reduceScatter(op, Type.INT, of(mine), of(result));
    }

    default void reduceScatterv(Op op, int[] mine, int[] result, int[] lengths) {
        comm().reduceScatterv(op, Type.INT, of(mine), of(result), bytes(lengths, Integer.BYTES));
    }

    default void gather(int[] mine, int[] all, int root) {
        comm().gather(of(mine), of(all), root);
    }

    default void gatherv(int[] mine, int[] all, int[] lengths, int root) {
        comm().gatherv(of(mine), of(all), bytes(lengths, Integer.BYTES), root);
    }

    default void scatter(int[] all, int[] mine, int root) {
        comm().scatter(of(all), of(mine), root);
    }

    default void scatterv(int[] all, int[] lengths, int[] mine, int root) {
        comm().scatterv(of(all), bytes(lengths, Integer.BYTES), of(mine), root);
    }

    default void allgather(int[] mine, int[] all) {
        comm().allgather(of(mine), of(all));
    }

    default void allgatherv(int[] mine, int[] all, int[] lengths) {
        comm().allgatherv(of(mine), of(all), bytes(lengths, Integer.BYTES));
    }

    default void alltoall(int[] outgoing, int[] incoming) {
        comm().alltoall(of(outgoing), of(incoming));
    }

    default void alltoallv(int[] outgoing, int[] outLengths, int[] incoming, int[] inLengths) {
        comm().alltoallv(of(outgoing), bytes(outLengths, Integer.BYTES), of(incoming), bytes(inLengths, Integer.BYTES));
    }

    private static MemorySegment of(int[] array) {
        return array == null ? MemorySegment.NULL : MemorySegment.ofArray(array);
    }

    // --- byte[] -------------------------------------------------------------------------------------------------

    default void send(byte[] message, int to, int tag) {
        comm().send(of(message), to, tag);
    }

    default void ssend(byte[] message, int to, int tag) {
        comm().ssend(of(message), to, tag);
    }

    default Status recv(byte[] message, int from, int tag) {
        return comm().recv(of(message), from, tag);
    }

    default Status sendrecv(byte[] outgoing, int to, int sendTag, byte[] incoming, int from, int recvTag) {
        return comm().sendrecv(of(outgoing), to, sendTag, of(incoming), from, recvTag);
    }

    default Request isend(byte[] message, int to, int tag) {
        return comm().isend(of(message), to, tag);
    }

    default Request irecv(byte[] message, int from, int tag) {
        return comm().irecv(of(message), from, tag);
    }

    default void bcast(byte[] message, int root) {
        comm().bcast(of(message), root);
    }

    default Request ibcast(byte[] message, int root) {
        return comm().ibcast(of(message), root);
    }

    default void reduce(Op op, byte[] mine, byte[] result, int root) {
        comm().reduce(op, Type.BYTE, of(mine), of(result), root);
    }

    default void allreduce(Op op, byte[] mine, byte[] result) {
        comm().allreduce(op, Type.BYTE, of(mine), of(result));
    }

    default Request iallreduce(Op op, byte[] mine, byte[] result) {
        return comm().iallreduce(op, Type.BYTE, of(mine), of(result));
    }

    default void scan(Op op, byte[] mine, byte[] result) {
        comm().scan(op, Type.BYTE, of(mine), of(result));
    }

    default void exscan(Op op, byte[] mine, byte[] result) {
        comm().exscan(op, Type.BYTE, of(mine), of(result));
    }

    default void reduceScatter(Op op, byte[] mine, byte[] result) {
        comm().reduceScatter(op, Type.BYTE, of(mine), of(result));
    }

    default void reduceScatterv(Op op, byte[] mine, byte[] result, int[] lengths) {
        comm().reduceScatterv(op, Type.BYTE, of(mine), of(result), bytes(lengths, Byte.BYTES));
    }

    default void gather(byte[] mine, byte[] all, int root) {
        comm().gather(of(mine), of(all), root);
    }

    default void gatherv(byte[] mine, byte[] all, int[] lengths, int root) {
        comm().gatherv(of(mine), of(all), bytes(lengths, Byte.BYTES), root);
    }

    default void scatter(byte[] all, byte[] mine, int root) {
        comm().scatter(of(all), of(mine), root);
    }

    default void scatterv(byte[] all, int[] lengths, byte[] mine, int root) {
        comm().scatterv(of(all), bytes(lengths, Byte.BYTES), of(mine), root);
    }

    default void allgather(byte[] mine, byte[] all) {
        comm().allgather(of(mine), of(all));
    }

    default void allgatherv(byte[] mine, byte[] all, int[] lengths) {
        comm().allgatherv(of(mine), of(all), bytes(lengths, Byte.BYTES));
    }

    default void alltoall(byte[] outgoing, byte[] incoming) {
        comm().alltoall(of(outgoing), of(incoming));
    }

    default void alltoallv(byte[] outgoing, int[] outLengths, byte[] incoming, int[] inLengths) {
        comm().alltoallv(of(outgoing), bytes(outLengths, Byte.BYTES), of(incoming), bytes(inLengths, Byte.BYTES));
    }

    private static MemorySegment of(byte[] array) {
        return array == null ? MemorySegment.NULL : MemorySegment.ofArray(array);
    }

    private static long[] bytes(int[] lengths, long each) {
        return lengths == null ? null : Arrays.stream(lengths).mapToLong(length -> length * each).toArray();
    }
}
