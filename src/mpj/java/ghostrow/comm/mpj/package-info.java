/**
 * Transport {@code mpj}: MPJ Express 0.44 inside this JVM, in its multicore mode: every rank is a thread. Touches
 * {@code ghostrow.comm} and MPJ Express alone; {@link ghostrow.comm.mpj.EmbeddedRanks} draws its class loaders.
 *
 * <p>The library is used for messages, barriers, broadcasts, reductions and groups. Gathers are made of single
 * messages and the order within a group is agreed before it is split, since the library's own gather and split
 * go wrong for some arguments. Counters are plain atomic numbers, as all ranks share a heap. Its persistent
 * requests start a new request each time, so an exchange does the same, but reuses its arrays.
 *
 * <p>Limits:
 * <ul>
 * <li>Ranks share one heap, one JIT compiler and one processor mask, and one failing rank halts the JVM.
 * <li>A rank is known by its thread group: only threads that the rank's own threads start may send or receive;
 *     virtual threads and common pools may not, and are refused.
 * <li>Every message is copied four times, in pieces of 4 MiB; a send under way holds a copy outside the heap,
 *     within {@code -XX:MaxDirectMemorySize}, and a receive under way an array of its length.
 * <li>A send waits for its receive, whatever its length.
 * <li>{@code System.err} is silent while the ranks start: the library prints a stack trace there if no
 *     {@code MPJ_HOME} is set. Nothing is logged to files unless such a configuration asks for it.
 * <li>The library's cluster mode, with daemons and one process a rank, is not offered.
 * </ul>
 */
package ghostrow.comm.mpj;
