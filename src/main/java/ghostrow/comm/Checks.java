package ghostrow.comm;

import java.lang.foreign.MemorySegment;

/**
 * What every transport asks of the arguments it gets, before a library sees them: MPI libraries abort the
 * whole job on some of these, or read memory that is not theirs.
 */
public final class Checks {
    private Checks() {
    }

    public static void peer(int peer, int size) {
        if (peer != Comm.PROC_NULL && (peer < 0 || peer >= size)) {
            throw new CommException("no rank " + peer + " in a group of " + size);
        }
    }

    public static void root(int root, int size) {
        if (root < 0 || root >= size) {
            throw new CommException("no root " + root + " in a group of " + size);
        }
    }

    public static void colour(int colour) {
        if (colour < 0) {
            throw new CommException("a group of colour " + colour + "; colours start at 0");
        }
    }

    public static void window(long bytes) {
        if (bytes < 1) {
            throw new CommException("a window of " + bytes + " bytes; it has at least 1");
        }
    }

    public static void tag(int tag) {
        if (tag < 0 || tag > Comm.MAX_TAG) {
            throw new CommException("tag " + tag + " is outside 0.." + Comm.MAX_TAG);
        }
    }

    public static void buffer(MemorySegment segment) {
        if (!segment.isNative()) {
            throw new CommException("messages live outside the Java heap; this buffer is a heap segment");
        }
        if (!segment.scope().isAlive()) {
            throw new CommException("this buffer's memory has been given back: its arena is closed");
        }
    }

    /** A blocking send to oneself waits for a receive that the same thread can never reach. */
    public static void notSelf(int to, int rank) {
        if (to == rank) {
            throw new CommException("rank " + rank + " cannot send to itself; use sendrecv or isend");
        }
    }

    public static void message(MemorySegment segment, int peer, int tag, int size) {
        buffer(segment);
        peer(peer, size);
        tag(tag);
    }

    public static void reduction(MemorySegment mine, MemorySegment result) {
        buffer(mine);
        buffer(result);
        if (mine.byteSize() % Comm.Type.BYTES != 0) {
            throw new CommException("a reduction takes whole elements of 8 bytes, not " + mine.byteSize() + " bytes");
        }
        if (result.byteSize() != mine.byteSize()) {
            throw new CommException("a reduction of " + mine.byteSize() + " bytes into " + result.byteSize());
        }
    }

    public static void gathered(MemorySegment mine, MemorySegment all, int size) {
        buffer(mine);
        buffer(all);
        if (all.byteSize() != Math.multiplyExact(mine.byteSize(), (long) size)) {
            throw new CommException("gather of " + size + " parts of " + mine.byteSize() + " bytes into "
                    + all.byteSize());
        }
    }

    public static void gathered(MemorySegment mine, MemorySegment all, long[] bytes, int rank, int size) {
        buffer(mine);
        buffer(all);
        if (bytes.length != size) {
            throw new CommException("gatherv from " + size + " ranks needs as many lengths, not " + bytes.length);
        }
        long total = 0;
        for (long part : bytes) {
            if (part < 0) {
                throw new CommException("gatherv with a part of " + part + " bytes");
            }
            total += part;
        }
        if (mine.byteSize() != bytes[rank]) {
            throw new CommException("rank " + rank + " gathers " + mine.byteSize() + " bytes, not " + bytes[rank]);
        }
        if (all.byteSize() != total) {
            throw new CommException("gatherv of " + total + " bytes into " + all.byteSize());
        }
    }
}
