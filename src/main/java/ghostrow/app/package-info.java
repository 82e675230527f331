/**
 * Commands that start no ranks: {@link ghostrow.app.Picture} looks at results, {@link ghostrow.app.ProfileCommand} at
 * profiles, {@link ghostrow.app.Doctor} at the machine, {@link ghostrow.app.GpuLimits} at what a device of {@code gpu}
 * allows. The workloads have a room for each family below; these rooms do not know each other, and each may touch
 * {@code run}, {@code grid}, {@code kernel}, {@code formula}, {@code data} and {@code comm}.
 */
package ghostrow.app;
