/**
 * A field of all ranks in one file: every rank writes the rows of its strip. {@link ghostrow.snapshot.Snapshots} does
 * what it is told; {@link ghostrow.snapshot.Film} is the same for who wants a picture after every so many steps, and to
 * go on where an earlier run has ended.
 *
 * <p>May touch {@code run}, where ranks agree, {@code grid}, {@code comm} and {@code data}.
 */
package ghostrow.snapshot;
