/**
 * What the ranks of a run have left ({@link ghostrow.trace}), put together: where the time went by function, by line and by
 * call, who waited for whom, and the same as files for the tools that people have.
 *
 * <pre>
 *   rank-0.json  rank-0.events  process-0.jfr         rank-1 ...
 *          \          |              /                   |
 *           \     Meetings      Recording                |      one rank after the other
 *            \        |            |                     |
 *             ------ Profile: CallTree, LineTable, waits, calls, memory
 *                         |
 *       Findings, Tables  |   Spreadsheets, ChromeTrace, Speedscope, page.ProfilePage
 * </pre>
 */
package ghostrow.profile;
