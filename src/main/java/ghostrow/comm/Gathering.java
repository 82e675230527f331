package ghostrow.comm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A gather of unequal parts, made of single messages. The libraries' own counts displacements in {@code int}, and the
 * root alone would know that these do not suffice; they too gather such parts one rank after the other.
 */
public final class Gathering {
    private static final int TAG = 0;

    private Gathering() {
    }

    /**
     * Collective; what each rank may know to be wrong is refused before anything is sent.
     *
     * @param aside a group of the same ranks in the same order, made by the first call and kept, where no message of
     *              the program can meet these
     */
    public static void byMessages(Comm comm, Supplier<Comm> aside, MemorySegment mine, MemorySegment all, long[] bytes,
            int root) {
        Checks.root(root, comm.size());
        Checks.buffer(mine);
        int rank = comm.rank();
        if (rank != root) {
            aside.get().send(mine, root, TAG);
            return;
        }
        Checks.gathered(mine, all, bytes, rank, comm.size());
        Comm channel = aside.get();
        Comm.Request[] parts = new Comm.Request[bytes.length];
        long at = 0;
        for (int from = 0; from < parts.length; from++) {
            MemorySegment part = all.asSlice(at, bytes[from]);
            parts[from] = channel.irecv(part, from == rank ? Comm.PROC_NULL : from, TAG);
            if (from == rank) {
                part.copyFrom(mine);
            }
            at += bytes[from];
        }
        for (Comm.Request part : parts) {
            part.await();
        }
    }

    /** The lengths of parts that are all alike. */
    public static long[] equal(long part, int size) {
        long[] bytes = new long[size];
        Arrays.fill(bytes, part);
        return bytes;
    }
}
