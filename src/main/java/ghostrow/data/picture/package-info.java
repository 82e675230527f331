/**
 * Pictures of snapshots: PNG frames, animated GIFs, and previews in a terminal.
 *
 * <p>Everything is drawn here, letters included, so that it works on machines without screens, fonts or a
 * desktop. Snapshots are read row by row, so that a field need not fit into memory.
 */
package ghostrow.data.picture;
