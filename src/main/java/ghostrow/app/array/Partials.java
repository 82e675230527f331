package ghostrow.app.array;

import ghostrow.comm.Comm;
import ghostrow.grid.Strip;
import ghostrow.kernel.Moments;
import ghostrow.kernel.MomentsTree;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What came out of a rank's blocks, four numbers each: threads put it down, and rank 0 merges that of all ranks in the order of blocks. */
final class Partials {
    private static final int NUMBERS = 4;
    static final long BYTES = NUMBERS * Double.BYTES;

    private final Blocks blocks;
    private final Strip mine;
    private final MemorySegment own;

    Partials(Blocks blocks, Strip mine, Arena arena) {
        this.blocks = blocks;
        this.mine = mine;
        this.own = arena.allocate(mine.count() * BYTES, Double.BYTES);
    }

    /** Threads may do so at once. */
    void put(long block, Moments moments) {
        long at = (block - mine.offset()) * NUMBERS;
        own.setAtIndex(ValueLayout.JAVA_DOUBLE, at, moments.sum());
        own.setAtIndex(ValueLayout.JAVA_DOUBLE, at + 1, moments.squares());
        own.setAtIndex(ValueLayout.JAVA_DOUBLE, at + 2, moments.min());
        own.setAtIndex(ValueLayout.JAVA_DOUBLE, at + 3, moments.max());
    }

    private Moments get(MemorySegment all, long block) {
        long at = block * NUMBERS;
        return new Moments().set(blocks.end(block) - blocks.first(block), all.getAtIndex(ValueLayout.JAVA_DOUBLE, at),
                all.getAtIndex(ValueLayout.JAVA_DOUBLE, at + 1), all.getAtIndex(ValueLayout.JAVA_DOUBLE, at + 2),
                all.getAtIndex(ValueLayout.JAVA_DOUBLE, at + 3));
    }

    /** Collective: those of all numbers, at rank 0; null elsewhere. */
    Moments total(Comm comm) {
        long[] lengths = new long[comm.size()];
        for (int rank = 0; rank < lengths.length; rank++) {
            lengths[rank] = Strip.of(blocks.count(), comm.size(), rank).count() * BYTES;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(comm.rank() == 0 ? blocks.count() * BYTES : 0, Double.BYTES);
            comm.gatherv(own, all, lengths, 0);
            if (comm.rank() != 0) {
                return null;
            }
            MomentsTree tree = new MomentsTree();
            for (long block = 0; block < blocks.count(); block++) {
                tree.add(get(all, block));
            }
            return tree.total();
        }
    }
}
