/**
 * Runs SPMD programs from tests as a user would: under the real launchers, as child processes with a time
 * limit. What launchers and JVMs need told for the sake of tests is said here and nowhere else.
 *
 * <p>Nothing hangs: {@link ghostrow.spmd.Children} ends children that do not, {@link ghostrow.spmd.TimeLimit} tests
 * that do not, and both print the threads of every JVM before. Nothing is skipped in silence: {@link
 * ghostrow.spmd.Needs}.
 */
package ghostrow.spmd;
