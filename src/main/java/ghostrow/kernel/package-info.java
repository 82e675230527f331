/**
 * Numerics alone: rows in, rows out. Knows no other package of this program, no MPI, no files and no clocks.
 *
 * <p>{@link ghostrow.kernel.Stencil} steps the {@link ghostrow.kernel.Rows} of a strip by a {@link
 * ghostrow.kernel.Rule}; {@link ghostrow.kernel.Rung} names the ways to do it. {@link
 * ghostrow.kernel.Escape} counts rows of the Mandelbrot set over a {@link ghostrow.kernel.Plane}. All rungs
 * give the same bits: each cell's expression is evaluated as it is written, never fused, whatever the
 * blocking.
 *
 * <h2>Which rung</h2>
 * {@code blocked} for every size, with {@link ghostrow.kernel.Stencil#bestSteps} steps at a time: a
 * sixteenth of the range's rows, from 1 to 16, so that the rows that two neighbours both compute stay below
 * a sixteenth of the work. {@code plain} where the JVM lacks the Vector API. For the Mandelbrot set {@code
 * vector}, so that evaluations per second mean evaluations done; {@code skip} where only the picture
 * matters.
 *
 * <h2>What it reaches</h2>
 * Billions of points a second of one core's time, on a shared two-core AMD Zen 4 machine whose wall-clock
 * times were noisy, after the compiler is done. "Fused" is src/bench/peers/stencil.cpp at -O3 -march=native,
 * "published" is diffusion.cpp at -O3, "C" is mandelbrot.c.
 * <pre>
 *                           blocked   fused C++   published C++
 *  diffusion 299²             4.15      2.65           1.43
 *  diffusion 4000²            3.9       0.80-1.01
 *  jacobi 299²                4.9
 *  Mandelbrot 8000 1000       3.95      0.36 (C)
 * </pre>
 * Two threads on halves of the rows did the same per second of their own time. The limit on this processor
 * is one 512-bit addition a cycle: five a vector of diffusion are 5.9; the inner loop comes to 5.2 on rows
 * of 128 columns in the first-level cache. The first call of a JVM takes 0.25 s longer, see below.
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
 * <li>Depth 12 / 16 / 24 / 32 at 4000²: 3.6 / 3.9 / 3.85 / 3.9. At 299², which lies in the second- and
 *     third-level caches anyway, depths from 4 to 24 differ by less than the noise, and 1 is 5 % slower.</li>
 * <li>Writing a boundary cell only where it has changed: a store just before a wider load of the same place
 *     stalls the next row. With addresses of ring rows found by addition: 3.9 → 4.15 at 299².</li>
 * </ul>
 *
 * <h2>What did not</h2>
 * <ul>
 * <li>Four rows a pass through small helper methods: the compiler gives up on inlining them in a graph of
 *     this size and every vector goes through the heap, 0.95. So {@code RowStep.four} is spelt out.</li>
 * <li>Both neighbours by shuffles: no faster than one of each here, and a processor with one shuffle unit
 *     would be bound by it.</li>
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
