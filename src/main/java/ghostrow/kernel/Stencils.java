package ghostrow.kernel;

/** A way to step rows: one of the rungs, or one that knows more than this package does. */
public interface Stencils extends Technique {

    /** A new kernel for one thread. */
    Stencil worker(Rule rule);
}
