/**
 * Ghostrow's command line: hands the words behind {@code ghostrow APP} to the class of that app. The rooms behind it,
 * arrows running down only:
 *
 * <pre>
 *                             ghostrow                                  one command line, one app
 *          ________________________|_______________________
 *         |                                                |
 *        app            Picture, Doctor, ProfileCommand  study         whole runs as child processes:
 *         |-- diffusion   Diffusion, Jacobi                |-- bench     beside other languages
 *         |-- mandelbrot  Mandelbrot                       |-- scale     over more and more ranks, and a model
 *         |-- curve       Auc, Eval, Expression            |-- ladder    rung by rung, from an interpreter up
 *         |-- array       Mean, RandomArray
 *         |-- small       Ring, PingPong, Fibonacci, Sum, Counter, Negate, Slow
 *         |                                                |-- page      their text, and their pages
 *        many             Sweep, Farm: many runs, or any commands, inside one job
 *        own              programs of the user's own: compiled, kept, run on every rank
 *        snapshot         a field of all ranks in one file
 *         |
 *        run              what every run shares: options, ranks, phases, summary, record
 *         |
 *        gpu              devices that compute beside the processor, through OpenCL
 *         |
 *        grid             strips, fields with ghost rows, their exchange, steps by a team of threads
 *        /  \
 *    comm    kernel       messages between ranks     numerics alone: rows in, rows out
 *    data                 parameters, snapshots, checkpoints, arrays; data.picture draws them, and data.chart figures
 *    formula              formulas typed by the user, compiled to vector code, and which name was meant
 *    cc                   C that this program writes, compiled by the machine's compiler
 *    trace                what a rank leaves of a run that is profiled, while it runs
 *    profile              the same of all ranks, put together: tables, findings, files; profile.page is its page of HTML
 *    explain              what becomes of a loop: what its lines cost, its bytecode, what compilers make of it
 *    hits                 how often each line was reached: the program loaded once more, with counters in it
 * </pre>
 *
 * The rooms of {@code app} do not know each other. {@code run} knows no workload and no grid; {@code comm},
 * {@code kernel} and {@code formula} know nobody, {@code explain} knows {@code cc} alone, and {@code hits} none of the
 * classes that it counts in. A test reads all sources and holds this drawing to it. docs/reading.md leads through the
 * house in an afternoon.
 */
package ghostrow;
