/**
 * The transport {@code check}: finds mistakes in how ranks talk. They are threads of this JVM, and one of them runs at a
 * time, so that what happens is in one order, and the same for the same seed. It needs nothing but {@code ghostrow.comm}.
 *
 * <pre>
 *   {@code CheckTransport}            one {@code CheckRun} for each order, and a {@code Report} of all
 *     {@code CheckRun}                the ranks, as threads; a {@code Baton} says which of them runs
 *       {@code CheckComm}             what a rank calls; each call gives the baton away
 *         {@code Post} - {@code Mail}       a send or a receive; where they meet; {@code Fits} compares the two
 *         {@code Part} - {@code Meeting}    a rank's part in a collective call; {@code Alike} compares them
 *       {@code Waiting} - {@code Deadlock}  what a rank waits for; what it means if all do
 *       {@code Flight} - {@code Guard}      memory that is not to be touched; who touches it. {@code GuardLoader} loads
 *                                 the program, and {@code GuardRewriter} has it tell what it does
 *       {@code Clock} - {@code Races}       what a rank can know of; messages that could have come in another order
 *     {@code Finding}                 one mistake, with its {@code Place}s
 * </pre>
 *
 * <p>It does what a library may do at worst: a send is complete only when it is received, all ranks of a collective call
 * wait for all, and what is received is there only after the wait. Whoever goes on has been let go on by all others, so
 * a deadlock is known at the moment at which it comes.
 *
 * <p>A message that a receive from whichever rank has met, although another could have come first, is a race. That is no
 * mistake where the program treats all messages alike, as one does that deals out work, so it is told, and is no
 * failure by itself. Whether another could have come first is a matter of what its sender knew, by messages and
 * collective calls, and not of the order that was tried.
 *
 * <p>What is in flight is compared at the wait with what it was. Where the program's classes were loaded by {@link
 * ghostrow.comm.Comm#loader} it is seen, too, which line reads or writes it. The same way one is seen that reads behind
 * the end of a message that was shorter than the room for it, where nobody has written anything.
 *
 * <p>Limits: ranks that wait for each other by reading and writing a window alone are not seen to do so. A rank that
 * computes for long lets others go on beside it, in case it waits for them in this way, and what happens then is
 * not up to the seed.
 */
package ghostrow.comm.check;
