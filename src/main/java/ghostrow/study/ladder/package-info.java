/**
 * How one program gets faster step by step: {@link ghostrow.study.ladder.Ladder} runs every rung of an app as a child
 * process, as a user would, and reads the runs' records. Which rungs there are, and what each changes, the app itself
 * says ({@code --kernel list}): a new one needs nothing here.
 *
 * <pre>
 *   Ladder (command line)
 *     |-- Problem (Escapes, Density, Plate) -> Case      what is computed, and smaller ones like it
 *     |-- Steps -> Step, Mode                            rungs, and how the JVM runs them
 *     |-- Climb -> Trial, Budget, Runner -> Attempt      measures, as well as the budget allows
 *     |-- Sweep -> Runner                                the same over sizes of a piece
 *     |-- Book (ladder.csv)                              a row a run
 *     `-- Report &lt;- Findings, Pieces &lt;- Book;  Charts, LadderPage, Account, Published
 * </pre>
 *
 * Everything that is shown is made from the rows alone.
 */
package ghostrow.study.ladder;
