package ghostrow.data;

/** What one cell of a field is in a file. */
public enum Element {
    FLOAT64(8), INT32(4);

    private final int bytes;

    Element(int bytes) {
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }
}
