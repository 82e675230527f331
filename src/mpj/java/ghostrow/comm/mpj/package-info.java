/**
 * Two transports on MPJ Express 0.44. {@code mpj} is its multicore mode, inside this JVM: every rank is a thread;
 * {@link ghostrow.comm.mpj.EmbeddedRanks} draws its class loaders. {@code mpj-cluster} is its device for clusters
 * between processes of one machine: every rank is a JVM; {@link ghostrow.comm.mpj.RankProcesses} starts them and
 * stands in for the library's launcher and daemons, which are not used. This package touches {@code ghostrow.comm}
 * and MPJ Express alone.
 *
 * <p>The library is used for messages, barriers, broadcasts, reductions and groups. Gathers are made of single
 * messages and the order within a group is agreed before it is split, since the library's own gather and split
 * go wrong for some arguments. Counters and windows are plain memory where ranks share a JVM; where they are processes,
 * counters are memory shared through a file, and there are no windows. Its persistent
 * requests start a new request each time, so an exchange does the same, but reuses its arrays.
 *
 * <p>Limits of {@code mpj}:
 * <ul>
 * <li>Ranks share one heap, one JIT compiler and one processor mask, and one failing rank halts the JVM.
 * <li>A rank is known by its thread group: only threads that the rank's own threads start may send or receive;
 *     virtual threads and common pools may not, and are refused.
 * <li>Every message is copied four times, in pieces of 4 MiB; a send under way holds a copy outside the heap,
 *     within {@code -XX:MaxDirectMemorySize}, and a receive under way an array of its length.
 * <li>A send waits for its receive, whatever its length.
 * <li>{@code System.err} is silent while the ranks start: the library prints a stack trace there if no
 *     {@code MPJ_HOME} is set. Nothing is logged to files unless such a configuration asks for it.
 * </ul>
 *
 * <p>Limits of {@code mpj-cluster}:
 * <ul>
 * <li>One machine, and Linux alone: all sockets are bound to 127.0.0.1, the launcher reads its own command line
 *     from {@code /proc}, and it cannot run under mpirun or srun.
 * <li>The device would listen on all network cards and has no setting for that;
 *     {@link ghostrow.comm.mpj.LoopbackLoader} changes that one call as it loads the class. It listens only while
 *     the ranks meet, on ports from 25000 to 40000, and the machine's own name has to be known to it. Ranks show the
 *     launcher a secret ({@link ghostrow.comm.mpj.Meeting}); among each other, in that moment, they show none.
 * <li>A send never waits for its receive: what nobody has asked for yet is kept by the receiver, outside its heap,
 *     within {@code -XX:MaxDirectMemorySize}. The device's other way, to ask first, can wait for ever where two ranks
 *     send each other much at once.
 * <li>Now and then (seen once in about 300 starts, on a busy machine) ranks do not meet. The job then ends by itself
 *     after 20 s with a line that says so; the program has not begun.
 * <li>TERM for the launcher reaches the ranks, which have 6 s to leave; USR1 does not, and ends the job. Standard
 *     input is not passed on.
 * <li>Only the thread group of the rank's first thread may send or receive, as with {@code mpj}.
 * </ul>
 */
package ghostrow.comm.mpj;
