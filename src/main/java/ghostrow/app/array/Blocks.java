package ghostrow.app.array;

import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An array cut into blocks of neighbouring numbers, as they lie in the file. Where they are cut does not depend on who
 * takes part; neighbouring blocks go to one rank, and of those to one thread, so that each reads on and on.
 */
record Blocks(long elements) {
    /** Numbers in a block: of the 12.8 GB of 40000 x 40000 doubles there are 1526. */
    static final long SIZE = 1 << 20;

    /** What a thread does with the blocks from {@code first} to before {@code end}. */
    @FunctionalInterface
    interface Work {
        void run(int thread, long first, long end) throws IOException;
    }

    long count() {
        return Math.ceilDiv(elements, SIZE);
    }

    long first(long block) {
        return block * SIZE;
    }

    /** Behind the last number of a block. */
    long end(long block) {
        return Math.min(elements, first(block + 1));
    }

    /** Numbers in these blocks. */
    long elements(Strip blocks) {
        return blocks.count() == 0 ? 0 : end(blocks.offset() + blocks.count() - 1) - first(blocks.offset());
    }

    /** Has the team work on a rank's blocks. */
    static void share(Team team, Strip mine, Work work) {
        team.run(thread -> {
            Strip own = Strip.of(mine.count(), team.threads(), thread);
            long first = mine.offset() + own.offset();
            if (own.count() > 0) {
                try {
                    work.run(thread, first, first + own.count());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
