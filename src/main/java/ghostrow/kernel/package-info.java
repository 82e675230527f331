/**
 * Numerics alone: rows in, rows out. Knows no other package of this program, no MPI, no files and no clocks.
 *
 * <p>{@link ghostrow.kernel.Stencil} steps the {@link ghostrow.kernel.Rows} of a strip by a {@link
 * ghostrow.kernel.Rule}; {@link ghostrow.kernel.Rung} names the ways to do it. {@link
 * ghostrow.kernel.Escape} counts rows of the Mandelbrot set over a {@link ghostrow.kernel.Plane}. All rungs
 * give the same bits: each cell's expression is rounded as it is written, whatever the blocking. An operation is
 * fused with the next only where that changes no bit, as in a * 1 + b.
 *
 * <h2>Which rung</h2>
 * {@code blocked} for every size, with {@link ghostrow.kernel.Stencil#bestSteps} steps at a time: a
 * sixteenth of the range's rows, from 1 to 32, so that the rows that two neighbours both compute stay below
 * a sixteenth of the work. {@code plain} where the JVM lacks the Vector API. For the Mandelbrot set {@code
 * vector}, so that evaluations per second mean evaluations done; {@code skip} where only the picture
 * matters.
 *
 * <h2>What it reaches</h2>
 * Billions of points a second of one core's time, on a shared two-core AMD Zen 4 machine whose wall-clock
 * times were noisy, so by the processor time of the thread, after the compiler is done. "Fused" is
 * src/bench/peers/stencil.cpp at -O3 -march=native, "published" is diffusion.cpp at -O3, "C" is
 * mandelbrot.c.
 * <pre>
 *                           blocked   fused C++   published C++
 *  diffusion 299²           4.2-4.4     2.65           1.33-1.43
 *  diffusion 4000²          4.0-4.1     0.80-1.01
 *  jacobi 299²              5.0
 *  Mandelbrot 8000 1000     3.95        0.36 (C)
 * </pre>
 * Two threads on halves of the rows did the same per second of their own time. The limit on this processor
 * is one 512-bit addition a cycle, beside one multiplication: four additions a vector of diffusion are 7.4;
 * the inner loop comes to 5.6 on rows of 128 columns in the first-level cache. Finding rows and repairing
 * boundaries takes another 9 % at 299². The first call of a JVM takes 0.25 s longer, see below.
 *
 * <h2>What paid, and how much</h2>
 * <ul>
 * <li>Addresses the compiler knows to be positive ({@code Memory}): no range check is left and the set-up of
 *     a loop shrinks to a third; rows of 128 columns 3.95 → 4.4.</li>
 * <li>Left neighbours by a two-vector shuffle in place of a load across cache lines: 3.6 → 4.05 at 299², two
 *     rows a pass.</li>
 * <li>Four rows a pass: 4.1 → 4.55 at 299² against two, 3.9 against one.</li>
 * <li>Wide strips: with rings of 128 KiB 3.1, of 384 KiB 3.3, of 768 KiB 3.9 at 4000², of 1600 KiB 3.9
 *     again.</li>
 * <li>Depth: 12 / 16 / 24 / 32 at 1000² 3.7 / 3.3 / 3.95 / 4.1, at 2000² 3.6 / 3.95 / 3.95 / 4.1; at 4000²
 *     16 and 32 are the same. At 299², which lies in the second- and third-level caches anyway, depths from
 *     4 to 24 differ by less than the noise, and 1 is 5 % slower.</li>
 * <li>Writing a boundary cell only where it has changed: a store just before a wider load of the same place
 *     stalls the next row. With addresses of ring rows found by addition: 3.9 → 4.15 at 299².</li>
 * <li>The addresses of ring rows listed once a strip, and boundary cells set once for each ring row: what
 *     surrounds a call of the inner loop fell from 41 to 26 ns, of 300; 4.0 → 4.2 at 299². Held at C1, it
 *     costs nothing that could be measured.</li>
 * <li>One of diffusion's five additions as a * 1 + b by the multiplier, which has less to do: 4.2 → 4.35 at
 *     299², 5.3 → 5.7 in the first-level cache. Which of the five matters: the one whose operand comes from
 *     memory gained most, 8 %; the others 3 to 5. Jacobi, with four, lost 3 %.</li>
 * </ul>
 *
 * <h2>What did not</h2>
 * <ul>
 * <li>Four rows a pass through small helper methods: the compiler gives up on inlining them in a graph of
 *     this size and every vector goes through the heap, 0.95. So {@code RowStep.four} is spelt out.</li>
 * <li>Both neighbours by shuffles: no faster than one of each here, and a processor with one shuffle unit
 *     would be bound by it.</li>
 * <li>One left neighbour in four, or two, loaded in place of shuffled: 1 to 4 % slower at 299², and up
 *     to 40 % in the first-level cache.</li>
 * <li>sum - 4c in one operation: another 3 %, but other bits where 4c overflows.</li>
 * <li>Strips cut once more, into pieces of 128 / 256 / 512 / 1024 columns that all steps go through before
 *     the next piece, a vector further left at each step so that nothing is computed twice: 0.83 / 0.91 /
 *     0.95 / 1.0 times the speed at 4000². The second-level cache is not what it waits for.</li>
 * <li>Other distances between ring rows: from 0.8 (a multiple of 1 KiB) to 1.0 times the speed.</li>
 * <li>Factors broadcast before the loop by hand: the same loop, and no sooner compiled (29 ms).</li>
 * <li>256-bit vectors: 3.7 to 3.9 against 3.9 to 4.1, two rows a pass.</li>
 * <li>Narrow strips for the sake of a nearer cache, such as two of 152 columns at 299²: 3.3; the loop ends
 *     cost more than the cache gains.</li>
 * <li>Loops that are not counted: vectors carried from one iteration to the next stay on the heap,
 *     0.55.</li>
 * <li>Switching the Vector API's own range checks off by its property: as fast as positive addresses, but
 *     for the whole JVM, and unsafely so.</li>
 * <li>Earlier compilation (thresholds scaled by 0.3, 0.1, 0.03; no tiers): the first 0.25 s stay. Some 35 ms
 *     of them load classes; then vectors are interpreted, a hundred times slower, until {@code four} is
 *     compiled 0.25 s after the start. {@link ghostrow.kernel.Rung#warmUp} moves that off the critical path
 *     where there is something else to do.</li>
 * </ul>
 */
package ghostrow.kernel;
