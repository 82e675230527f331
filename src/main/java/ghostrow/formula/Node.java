package ghostrow.formula;

import java.util.List;

/** A value in the typed graph; arguments are the numbers of earlier nodes. */
sealed interface Node {
    Kind kind();

    /** The bits of a double, a long, or 0 and 1. */
    record Constant(Kind kind, long bits) implements Node {
        static Constant of(double value) {
            return new Constant(Kind.DOUBLE, Double.doubleToRawLongBits(value));
        }

        static Constant of(long value) {
            return new Constant(Kind.LONG, value);
        }

        static Constant of(boolean value) {
            return new Constant(Kind.BOOL, value ? 1 : 0);
        }

        double asDouble() {
            return Double.longBitsToDouble(bits);
        }
    }

    /** An element in memory: the operand's, shifted by where its slice starts. */
    record Load(int operand, Kind kind, long rowShift, long columnShift) implements Node {
    }

    record Ramp(int operand) implements Node {
        @Override
        public Kind kind() {
            return Kind.DOUBLE;
        }
    }

    record Scalar(int operand, Kind kind) implements Node {
    }

    record Apply(Op op, Kind kind, List<Integer> arguments) implements Node {
    }
}
