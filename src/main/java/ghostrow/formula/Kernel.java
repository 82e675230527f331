package ghostrow.formula;

/** What a generated class does: elements {@code index .. index + count - 1} of the frame's row. */
interface Kernel {
    void run(Frame frame, long index, int count);
}
