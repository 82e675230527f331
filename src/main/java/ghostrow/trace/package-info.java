/**
 * What a rank leaves of a run that is profiled, while it runs: a recorder a process takes samples and looks at its memory,
 * and a recorder a rank keeps the log of its calls and phases.
 *
 * <pre>
 *   DIR/ranks/rank-N.json      who, when, by which clock, its calls, its memory over time; replaced every second
 *            /rank-N.events    the latest calls and phases, {@link ghostrow.comm.EventLog#WORDS} numbers each: a ring
 *            /process-N.jfr    samples of the process whose first rank is N
 * </pre>
 *
 * <p>Nothing here waits for another rank but the clocks, which are compared when a run begins and ends: a rank that dies
 * leaves what it has written, and takes nothing from the others.
 */
package ghostrow.trace;
