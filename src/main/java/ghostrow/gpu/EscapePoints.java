package ghostrow.gpu;

/**
 * The points of a lane: where they are, and how long they take to escape.
 *
 * @param most points, of as many rows and columns as there are numbers in {@code x} and {@code y} at most
 */
record EscapePoints(long most, Buffer x, Buffer y, Staged counts) implements AutoCloseable {
    /** Items of a group. */
    static final int GROUP = 64;

    static EscapePoints of(Device device, Queue queue, int columns, int rows, boolean copies) {
        long most = (long) columns * rows;
        return new EscapePoints(most, device.buffer((long) columns * Double.BYTES),
                device.buffer((long) rows * Double.BYTES), Staged.of(device, queue, most * Integer.BYTES, copies));
    }

    boolean fit(int columns, int rows) {
        return (long) columns * rows <= most && (long) columns * Double.BYTES <= x.bytes()
                && (long) rows * Double.BYTES <= y.bytes();
    }

    @Override
    public void close() {
        counts.close();
        x.close();
        y.close();
    }
}
