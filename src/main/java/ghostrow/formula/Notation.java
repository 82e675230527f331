package ghostrow.formula;

import java.lang.classfile.CodeBuilder;

/** How the operations are written in bytecode: one element at a time, or a vector at a time. */
interface Notation {
    /** Elements that one step computes. */
    int width();

    /** Whether the machine has an instruction for a * b + c that rounds once. */
    boolean fuses();

    int newLocal(CodeBuilder code, Kind kind);

    void loadLocal(CodeBuilder code, Kind kind, int local);

    void storeLocal(CodeBuilder code, Kind kind, int local);

    void constant(CodeBuilder code, Node.Constant constant);

    /** Makes the word on the stack (a scalar's bits as a long) a value of that kind. */
    void spread(CodeBuilder code, Kind kind);

    /** Leaves the value at the address that {@code place} pushes. */
    void read(CodeBuilder code, Kind kind, Runnable place);

    /** Takes a value from its local and writes it at the address that {@code place} pushes. */
    void write(CodeBuilder code, Kind kind, int local, Runnable place);

    /** Stack: the arguments, all of kind {@code from} except where()'s condition. Leaves the result. */
    void apply(CodeBuilder code, Op op, Kind from, Kind to);
}
