/**
 * Runs SPMD programs from tests as a user would: under the real launchers, as child processes with a time
 * limit. What launchers and JVMs need told for the sake of tests is said here and nowhere else.
 */
package ghostrow.spmd;
