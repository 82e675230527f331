package ghostrow.data;

/** What the elements of an array in an HDF5 file are: 8-byte numbers, or 4-byte ones that are widened to them. */
public enum Numbers {
    FLOAT64(8, new double[1]), FLOAT32(4, new float[1]), INT64(8, new long[1]), INT32(4, new int[1]),
    /** Truth values: 0 or 1. */
    INT8(1, new byte[1]);

    private final int bytes;
    private final Object sample;

    Numbers(int bytes, Object sample) {
        this.bytes = bytes;
        this.sample = sample;
    }

    public int bytes() {
        return bytes;
    }

    public boolean isFloating() {
        return this == FLOAT64 || this == FLOAT32;
    }

    /** An array of one such element, which is how jHDF names types. */
    Object sample() {
        return sample;
    }
}
