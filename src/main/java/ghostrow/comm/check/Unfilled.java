package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rest of a receive's room, where a message was shorter. Who reads there takes zeros for something received; unless
 * the program has written there itself, before or since. Text of bytes is left out: it ends with a zero, for many.
 */
final class Unfilled implements Watched {
    private final Rank rank;
    private final MemorySegment memory;
    private final String what;
    private final Place place;

    private Unfilled(Rank rank, MemorySegment memory, String what, Place place) {
        this.rank = rank;
        this.memory = memory;
        this.what = what;
        this.place = place;
    }

    /** Watches over what lies behind so many bytes. */
    static void watch(Rank rank, MemorySegment memory, long bytes, Place place) {
        if (bytes < memory.byteSize() && !(memory.heapBase().orElse(null) instanceof byte[])) {
            MemorySegment rest = memory.asSlice(bytes);
            if (isBlank(rest)) {
                rank.guard().open(new Unfilled(rank, rest, Fits.length(bytes, Fits.type(memory)) + " of "
                        + Fits.length(memory.byteSize(), Fits.type(memory)), place));
            }
        }
    }

    private static boolean isBlank(MemorySegment memory) {
        for (long at = 0; at < memory.byteSize(); at++) {
            if (memory.get(ValueLayout.JAVA_BYTE, at) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public void touched(boolean writes, Place at) {
        rank.guard().close(this);
        if (!writes) {
            rank.run().note(Finding.of(Kind.MISMATCH, rank.number(), "reads at " + at + " what nothing was received into: "
                    + place.call() + " at " + place + " got " + what, "read as much as status.bytes() says", at, place));
        }
    }

    /** It may be sent on whole. */
    @Override
    public void used(boolean writes, Place at) {
        if (writes) {
            rank.guard().close(this);
        }
    }
}
