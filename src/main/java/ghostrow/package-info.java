/**
 * Ghostrow's command line. The rooms behind it:
 *
 * <pre>
 *      app        what each rank does, one class a workload
 *     / | \
 * comm grid study comm: ranks and messages; grid: strips and ghost rows; study: whole runs, measured
 * </pre>
 */
package ghostrow;
