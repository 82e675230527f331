/**
 * The Mandelbrot set: rows of anything between a little and a lot of work are dealt to ranks and threads, counted,
 * written side by side into one file, and drawn.
 *
 * <p>May touch {@code run}, {@code grid} (its team of threads), {@code kernel}, {@code gpu} (where a device is asked
 * for), {@code data} and {@code comm}, and no other room of {@code app}.
 */
package ghostrow.app.mandelbrot;
