/**
 * Workloads on a grid that is cut into strips: {@link ghostrow.app.diffusion.Diffusion}, with reports, snapshots,
 * checkpoints and restart, and {@link ghostrow.app.diffusion.Jacobi}, the shorter one to read first.
 *
 * <p>May touch {@code run}, {@code grid}, {@code kernel}, {@code formula}, {@code data} and {@code comm}, and no other
 * room of {@code app}.
 */
package ghostrow.app.diffusion;
