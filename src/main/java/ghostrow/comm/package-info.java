/**
 * How ranks talk: one interface, {@link ghostrow.comm.Comm}, in the words of MPI and the types of Java, and
 * the transports that carry it.
 *
 * <pre>
 *     program            SpmdProgram: what a rank does, written once
 *        |
 *      Comm               ranks, messages, collective calls, grids of ranks, a shared counter, shared memory
 *        |
 *    Transport            found by ServiceLoader: joins or makes the ranks, and ends them all if one fails
 *     /  |    \     \
 *  ffm  self  check  ...       native: any Open MPI or MPICH, called through java.lang.foreign
 *                         self:   one rank, no library
 *                         check:  ranks as threads of this JVM, to find mistakes
 *                         ...:    adapters for MPI's Java bindings, compiled apart, since their classes clash
 * </pre>
 *
 * <p>To a transport, messages are memory segments outside the Java heap, as a library that reads a buffer while Java runs
 * on cannot have the collector move it. Lengths are {@code long}; transports cut what their library cannot count. What a
 * library does not have, or not for every length and type, {@link ghostrow.comm.MessageComm} makes of single messages.
 *
 * <p>What programs get lies around a transport's: {@link ghostrow.comm.StagedComm} takes Java's arrays too, and {@link
 * ghostrow.comm.CountedComm} keeps a {@link ghostrow.comm.Ledger} of calls, bytes and time, and, if the run is profiled,
 * an {@link ghostrow.comm.EventLog} of each.
 *
 * <p>A failing rank ends the job: {@link ghostrow.comm.Failure} holds the rules that all transports share,
 * {@link ghostrow.comm.StallWatch} notices one that is not heard of any more by what the others {@link
 * ghostrow.comm.Waits wait} for,
 * {@link ghostrow.comm.RankExit} is the polite way out, and no scope that it leaves on its way waits for another rank
 * ({@link ghostrow.comm.Leftovers}). {@link ghostrow.comm.World} is what the launcher
 * promised, and {@link ghostrow.comm.Mpirun} how to start one.
 *
 * <p>Limits: no derived datatypes, no operations of the user's own, no threads that communicate at the same time. The
 * package knows nothing of fields, files or workloads.
 */
package ghostrow.comm;
