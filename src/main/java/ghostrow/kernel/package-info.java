/**
 * Numerics alone: rows in, rows out. Knows no other package of this program, no MPI, no files and no clocks.
 */
package ghostrow.kernel;
