/**
 * Arrays in files, larger than memory if need be: {@code ghostrow mean}, which also makes such arrays.
 *
 * <p>{@link ghostrow.app.array.Mean} goes through an array once, {@link ghostrow.app.array.RandomArray} writes one; both
 * deal {@link ghostrow.app.array.Blocks} of it to ranks and threads. How a thread comes by its numbers are its
 * {@link ghostrow.app.array.Pieces}: they are read, mapped, or unpacked.
 *
 * <p>May touch {@code run}, {@code grid} (its team of threads), {@code kernel}, {@code data} and {@code comm}, and no
 * other room of {@code app}.
 */
package ghostrow.app.array;
