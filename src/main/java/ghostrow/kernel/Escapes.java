package ghostrow.kernel;

/** A way to count escapes: one of the rungs, or one that knows more than this package does. */
public interface Escapes extends Technique {

    /** A new kernel for one thread. */
    Escape worker();

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
