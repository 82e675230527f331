package ghostrow.kernel;

/** A way to count escapes: one of the rungs, or one that knows more than this package does. */
public interface Escapes extends Technique {

    /** A new kernel for one thread. */
    Escape worker();

    /** The same for a thread of one of the ranks that share this machine, and what computes beside its processor. */
    default Escape worker(int localRank) {
        return worker();
    }

    /** How many points at a time its workers want, if there are so many; with fewer they leave a part of it idle. */
    default int pointsAtOnce() {
        return 1;
    }

    /**
     * Counts next to nothing until what is around the inner loops is compiled, if that takes long beside a small picture.
     * On a thread of its own, while the program has other things to prepare.
     */
    default void warmUp() {
    }

    /** Whether its workers want all rows that there are for them at once. */
    default boolean manyRowsAtOnce() {
        return false;
    }
}
