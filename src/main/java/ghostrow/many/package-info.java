/**
 * Many runs inside one job: sweeps over what an app is told, and farms of any commands. {@link ghostrow.many.Crew} deals
 * the pieces of a {@link ghostrow.many.Bag} to groups of ranks, whoever is free takes the next; the journal
 * ({@link ghostrow.many.Journal}, read by {@link ghostrow.many.Account}) says what has become of each, so that a later
 * start goes on; {@link ghostrow.many.Runner} runs an app in the process that is there already.
 *
 * <pre>
 *   Sweep, Farm -- Crew -- Worker -- Bag ----- Runner, a child process
 *                   |         |
 *                 Dealer   Journal .......... Account -- Standing, Status, Figures, Shares
 * </pre>
 *
 * <p>May touch {@code run}, {@code comm}, {@code data} and {@code formula}; knows apps by their names alone.
 */
package ghostrow.many;
