package ghostrow.grid;

/** How ghost rows travel. All ways give the same bits. */
public enum Exchange {
    /** All four messages at once, prepared beforehand. */
    persistent,
    /** Up first, and down when those from below have come. */
    sendrecv,
    /** The edge rows are stepped first, and their messages travel while the rest is stepped. */
    overlap,
    /** More ghost rows at a time than the kernel takes steps. */
    deep;

    /** Whether the second message waits for the first: two latencies an exchange. */
    public boolean isOneByOne() {
        return this == sendrecv;
    }
}
