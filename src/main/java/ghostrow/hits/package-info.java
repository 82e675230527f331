/**
 * Exact counts: how often each line was reached and each method entered, for the methods that a user names. No agent
 * is needed, for whose sake a JVM would give up its prepared cache: the program's own classes are loaded anew, and the
 * wanted ones are rewritten on the way.
 *
 * <pre>
 *   words of the user → {@code Wanted}          which methods of which classes of a {@code Program}
 *   {@code HitLoader}                            loads the program's classes anew, and runs its main class
 *     {@code Rewriter}                           a class file, with counters put in; {@code Body} writes a method
 *       {@code Flow} → {@code Places}              the blocks of a method; where its counters must stand
 *     {@code Counters}                           the numbers, an array for each thread
 *   {@code Hits}                                 what was counted, by method and line, in all and by thread
 *   {@code SourceText}                           what stands on a line
 * </pre>
 *
 * <p>A line's hits: how often execution came to a stretch of its code from elsewhere, once more for each turn of a loop
 * whose condition stands on it. A stretch that only goes on with what the same line began before, in the same turn of
 * the same loops, is no new arrival: an expression over several lines goes to and fro between them. So the line
 * {@code for (int i = 0; i < n; i++) {} has n + 1 hits, and one in a {@code finally} those of all ways that lead there.
 *
 * <p>Counts are exact, exceptions included: what a throw in the middle of a block leaves undone is taken off again by a
 * handler, which costs the other way nothing. Counters of loops are local variables, which the compiler knows how to
 * keep cheap, and added to the thread's array at the method's end. So a thread that is still inside a loop has not
 * yet told of it, and one that is halted there never does.
 */
package ghostrow.hits;
