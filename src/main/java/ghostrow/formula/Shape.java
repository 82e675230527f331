package ghostrow.formula;

/** The shape of a result: one number, a vector, or a grid. */
public sealed interface Shape {

    /** The same number everywhere. */
    record Single() implements Shape {
        @Override
        public String toString() {
            return "single";
        }
    }

    /** A vector; the length is {@link Operand.Vector#ANY} where no operand fixed it. */
    record Line(long length) implements Shape {
        @Override
        public String toString() {
            return length == Operand.Vector.ANY ? "(n)" : "(" + length + ")";
        }
    }

    /** A grid. */
    record Plane(long rows, long columns) implements Shape {
        @Override
        public String toString() {
            return "(" + rows + ", " + columns + ")";
        }
    }

    /** The shape of an element-wise operation on two shapes, or null where they do not fit. */
    static Shape common(Shape a, Shape b) {
        if (a.equals(b) || b instanceof Single) {
            return a;
        }
        if (a instanceof Single) {
            return b;
        }
        if (a instanceof Line one && b instanceof Line two) {
            if (one.length == Operand.Vector.ANY) {
                return two;
            }
            return two.length == Operand.Vector.ANY ? one : null;
        }
        return null;
    }
}
