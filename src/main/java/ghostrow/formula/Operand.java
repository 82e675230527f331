package ghostrow.formula;

/** What a name in a formula stands for; the values are bound later, one run at a time. */
public sealed interface Operand {

    /** A row of elements in memory; the length may be left open. */
    record Vector(Kind kind, long length) implements Operand {
        /** The length of a vector that is not known when the formula is compiled. */
        public static final long ANY = -1;

        public Vector(Kind kind) {
            this(kind, ANY);
        }
    }

    /** Rows of elements in memory, each row contiguous. */
    record Grid(Kind kind, long rows, long columns) implements Operand {
    }

    /** The numbers {@code start + i * step}, made in registers from the index i: no memory is read. */
    record Ramp() implements Operand {
    }

    /** One number for the whole run. A number known already is better given as a parameter. */
    record Scalar(Kind kind) implements Operand {
    }
}
