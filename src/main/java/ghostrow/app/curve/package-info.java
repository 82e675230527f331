/**
 * Workloads made of a formula: the area under a curve, a formula over arrays in files, and one over arrays in memory.
 *
 * <p>May touch {@code run}, {@code grid} (its team of threads), {@code formula}, {@code gpu} where a device is asked for,
 * {@code data} and {@code comm}, and no other room of {@code app}.
 */
package ghostrow.app.curve;
