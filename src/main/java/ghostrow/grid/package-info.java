/**
 * The grid and who works on it: a {@link ghostrow.grid.Strip} says which rows a rank owns, a
 * {@link ghostrow.grid.Field} keeps them with ghost rows above and below, {@link ghostrow.grid.GhostRows} exchanges
 * those with the neighbours, and a {@link ghostrow.grid.Stepper} steps the strip with a {@link ghostrow.grid.Team} of
 * threads. Where a device steps it, a field has a {@link ghostrow.grid.Twin} there. Work whose parts take unequal time
 * is cut by a {@link ghostrow.grid.Deal} instead, and handed out by a {@link ghostrow.grid.PieceSource}.
 *
 * <p>Calls comm for messages and kernel for arithmetic; knows nothing of workloads, files or clocks. Decomposes by
 * rows alone: a strip's ghost rows are contiguous in memory, so that a message is one piece.
 */
package ghostrow.grid;
