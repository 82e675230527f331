package ghostrow.formula;

/** What a value is: a truth value (one byte, 0 or 1), a 64-bit integer or a double. */
public enum Kind {
    BOOL(1), LONG(8), DOUBLE(8);

    private final int bytes;

    Kind(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element in memory. */
    public int bytes() {
        return bytes;
    }

    Kind widest(Kind other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return switch (this) {
            case BOOL -> "bool";
            case LONG -> "int64";
            case DOUBLE -> "float64";
        };
    }
}
