package ghostrow.kernel;

/** A way to count escapes: one of the rungs, or one that knows more than this package does. */
public interface Escapes extends Technique {

    /** A new kernel for one thread. */
    Escape worker();

    /** Whether its workers want all rows that there are for them at once. */
    default boolean manyRowsAtOnce() {
        return false;
    }
}
