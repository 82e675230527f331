package ghostrow.grid;

/**
 * A field's copy in the memory of a device, where it is stepped. The field has it brought home when somebody on the host
 * looks at it.
 *
 * <pre>
 *        host                       device
 *      | field | --- away ------> | twin |  stepped again and again
 *      |       | &lt;-- home ------- |      |  for sums, snapshots, checkpoints
 *      | edges | &lt;-- home, away -> |      |  every exchange, through memory of their own
 * </pre>
 */
public interface Twin {

    /**
     * Leaves the field to the device.
     *
     * @param changed whether the host has changed it since it was here
     */
    void away(boolean changed);

    /** Returns when the host may look at the whole field, and change it. */
    void home();

    /** Rows that travel between ranks. */
    Edge edge(long first, long count);

    /** Waits for all edges on their way home, of this field and of the other one that it takes turns with. */
    void awaitEdges();

    /** Waits until all is done that the device has been told to do. */
    void await();
}
