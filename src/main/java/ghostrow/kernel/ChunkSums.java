package ghostrow.kernel;

import java.lang.foreign.MemorySegment;

/**
 * How a chunk of numbers is added up: {@link #LANES} sums side by side, of which sum number l takes numbers l,
 * l + LANES, l + 2 LANES ... An addition has to wait for the one before in its own sum alone; and since their number
 * is fixed, vectors of any width, and none, give the same bits.
 */
interface ChunkSums {
    int LANES = 32;

    /**
     * All numbers of a chunk, each lane's least and greatest with them; a part of a row of lanes counts as well. Only
     * the sums keep a NaN for certain.
     */
    void sum(MemorySegment numbers, long at, int count, double[] sums, double[] least, double[] most);

    /** The squared distances from {@code mean}. */
    void squares(MemorySegment numbers, long at, int count, double mean, double[] sums);

    static ChunkSums fastest() {
        return Vectors.present() && VectorChunkSums.fits() ? new VectorChunkSums() : new PlainChunkSums();
    }
}
