/**
 * What a run reads and leaves behind: parameters, snapshots, checkpoints, records, and pictures of them.
 *
 * <p>Nothing here knows of ranks or messages. Where ranks must agree, the work is cut into calls between
 * which the caller broadcasts a few numbers or waits for the others. Files and off-heap memory are touched,
 * grids and transports are not. Files are little-endian and are written from memory as it lies, so the
 * machine must be little-endian too.
 */
package ghostrow.data;
