package ghostrow.comm;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import ghostrow.comm.CommException.ErrorClass;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What every transport asks of the arguments it gets, before a library sees them: MPI libraries abort the
 * whole job on some of these, or read memory that is not theirs.
 */
public final class Checks {
    private Checks() {
    }

    public static void peer(int peer, int size) {
        if (peer != Comm.PROC_NULL && (peer < 0 || peer >= size)) {
            throw new CommException(ErrorClass.RANK, "no rank " + peer + " in a group of " + size);
        }
    }

    public static void root(int root, int size) {
        if (root < 0 || root >= size) {
            throw new CommException(ErrorClass.ROOT, "no root " + root + " in a group of " + size);
        }
    }

    public static void colour(int colour) {
        if (colour < 0) {
            throw new CommException(ErrorClass.ARGUMENT, "a group of colour " + colour + "; colours start at 0");
        }
    }

    public static void window(long bytes) {
        if (bytes < 1) {
            throw new CommException(ErrorClass.COUNT, "a window of " + bytes + " bytes; it has at least 1");
        }
    }

    public static void tag(int tag) {
        if (tag < 0 || tag > Comm.MAX_TAG) {
            throw new CommException(ErrorClass.TAG, "tag " + tag + " is outside 0.." + Comm.MAX_TAG);
        }
    }

    public static void buffer(MemorySegment segment) {
        if (!segment.isNative()) {
            throw new CommException(ErrorClass.BUFFER,
                    "messages live outside the Java heap; this buffer is a heap segment");
        }
        alive(segment);
    }

    public static void alive(MemorySegment segment) {
        if (!segment.scope().isAlive()) {
            throw new CommException(ErrorClass.BUFFER,
                    "this buffer's memory has been given back: its arena is closed");
        }
    }

    /** A blocking send to oneself waits for a receive that the same thread can never reach. */
    public static void notSelf(int to, int rank) {
        if (to == rank) {
            throw new CommException(ErrorClass.RANK, "rank " + rank + " cannot send to itself; use sendrecv or isend");
        }
    }

    public static void outgoing(MemorySegment segment, int to, int tag, int size) {
        buffer(segment);
        peer(to, size);
        tag(tag);
    }

    public static void incoming(MemorySegment segment, int from, int tag, int size) {
        buffer(segment);
        source(from, tag, size);
    }

    public static void source(int from, int tag, int size) {
        if (from != Comm.ANY_SOURCE) {
            peer(from, size);
        }
        if (tag != Comm.ANY_TAG) {
            tag(tag);
        }
    }

    public static void message(Comm.Message message, int size) {
        if (message.outgoing()) {
            outgoing(message.buffer(), message.peer(), message.tag(), size);
        } else {
            incoming(message.buffer(), message.peer(), message.tag(), size);
        }
    }

    /**
     * The pieces of a message that is cut are known by who sends them, and how.
     *
     * @param longest what the transport does not cut
     */
    public static void wildcard(MemorySegment segment, int from, int tag, long longest) {
        if ((from == Comm.ANY_SOURCE || tag == Comm.ANY_TAG) && segment.byteSize() > longest) {
            throw new CommException(ErrorClass.COUNT, "a receive of " + segment.byteSize() + " bytes from any rank or "
                    + "of any tag; " + longest + " at most go in one piece here: name both, or offer less room");
        }
    }

    public static void reduction(Op op, Type type, MemorySegment mine, MemorySegment result) {
        buffer(mine);
        buffer(result);
        combined(op, type, mine.byteSize());
        if (result.byteSize() != mine.byteSize()) {
            throw new CommException(ErrorClass.COUNT,
                    "a reduction of " + mine.byteSize() + " bytes into " + result.byteSize());
        }
    }

    /** An operation is for these elements, and there are whole ones. */
    public static void combined(Op op, Type type, long bytes) {
        if (type.isFraction() && !op.takesFractions()) {
            throw new CommException(ErrorClass.OP, op + " of " + type + "; it is for whole numbers");
        }
        int each = op.takesPairs() ? 2 * type.bytes() : type.bytes();
        if (bytes % each != 0) {
            throw new CommException(ErrorClass.COUNT, "a reduction takes whole "
                    + (op.takesPairs() ? "pairs" : "elements") + " of " + each + " bytes, not " + bytes + " bytes");
        }
    }

    public static void scattered(Op op, Type type, MemorySegment mine, MemorySegment result, long[] bytes, int rank) {
        buffer(mine);
        buffer(result);
        for (long part : bytes) {
            combined(op, type, part);
        }
        parts("reduceScatter", result, mine, bytes, rank);
    }

    public static void gathered(MemorySegment mine, MemorySegment all, int size) {
        equal("gather", mine, all, size);
    }

    public static void gathered(MemorySegment mine, MemorySegment all, long[] bytes, int rank, int size) {
        buffer(mine);
        buffer(all);
        lengths("gatherv", bytes, size);
        parts("gatherv", mine, all, bytes, rank);
    }

    /** One buffer is as long as so many of the other. */
    public static void equal(String call, MemorySegment part, MemorySegment all, int size) {
        buffer(part);
        buffer(all);
        if (all.byteSize() != Math.multiplyExact(part.byteSize(), (long) size)) {
            throw new CommException(ErrorClass.COUNT, call + " of " + size + " parts of " + part.byteSize()
                    + " bytes, and " + all.byteSize() + " in all");
        }
    }

    /** A buffer consists of as many equal parts as there are ranks. */
    public static void divides(String call, MemorySegment all, int size) {
        buffer(all);
        if (all.byteSize() % size != 0) {
            throw new CommException(ErrorClass.COUNT,
                    call + " of " + all.byteSize() + " bytes, which are not " + size + " equal parts");
        }
    }

    /** What goes out is read while what comes in is written. */
    public static void apart(String call, MemorySegment outgoing, MemorySegment incoming) {
        if (outgoing.asOverlappingSlice(incoming).isPresent()) {
            throw new CommException(ErrorClass.BUFFER, call + " from memory into the same memory");
        }
    }

    /** There is a length for each rank, and it may be one. */
    public static void lengths(String call, long[] bytes, int size) {
        if (bytes.length != size) {
            throw new CommException(ErrorClass.COUNT,
                    call + " among " + size + " ranks needs as many lengths, not " + bytes.length);
        }
        for (long part : bytes) {
            if (part < 0) {
                throw new CommException(ErrorClass.COUNT, call + " with a part of " + part + " bytes");
            }
        }
    }

    /** A rank's part, and all parts together, are as long as was said. */
    public static void parts(String call, MemorySegment mine, MemorySegment all, long[] bytes, int rank) {
        if (mine.byteSize() != bytes[rank]) {
            throw new CommException(ErrorClass.COUNT, "rank " + rank + "'s part of a " + call + " has "
                    + mine.byteSize() + " bytes, not " + bytes[rank]);
        }
        whole(call, all, bytes);
    }

    /** All parts together are as long as was said. */
    public static void whole(String call, MemorySegment all, long[] bytes) {
        long total = 0;
        for (long part : bytes) {
            total += part;
        }
        if (all.byteSize() != total) {
            throw new CommException(ErrorClass.COUNT, call + " of " + total + " bytes, but of " + all.byteSize()
                    + " in memory");
        }
    }

    public static void objects(List<?> objects, int size) {
        if (objects.size() != size) {
            throw new CommException(ErrorClass.COUNT,
                    "scatterObjects among " + size + " ranks needs as many objects, not " + objects.size());
        }
    }
}
