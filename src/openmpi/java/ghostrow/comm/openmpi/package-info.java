/**
 * Transport {@code openmpi}: Open MPI through the Java bindings of its own project, compiled against their
 * {@code mpi.jar} and loaded by {@link ghostrow.comm.Transports} with nothing else that defines {@code mpi.MPI}.
 * Touches {@code ghostrow.comm} and the bindings alone.
 *
 * <p>Limits:
 * <ul>
 * <li>Open MPI 6 has no such bindings any more; up to 5.0 they are an option of its build.
 * <li>One run a process: MPI cannot be started again once it was finalized.
 * <li>Each call wraps its buffer in a {@code ByteBuffer}, a small short-lived object; an exchange wraps its own
 *     once.
 * <li>The bindings count in {@code int}: messages beyond 2^30 bytes travel in pieces.
 * <li>A counter lives in memory that the ranks of one machine share. Between machines it depends on the network
 *     whether rank 0 has to be inside some MPI call for the others to get on.
 * </ul>
 */
package ghostrow.comm.openmpi;
