"""mandelbrot_numba.py W MAXITER THREADS: escape counts as plain loops, compiled when first called."""
import sys
import time

import numba
import numpy as np

import plane


@numba.njit(cache=True)
def count(qx, qy, maxiter):
    re = im = 0.0
    for iteration in range(maxiter):
        re, im = re * re - im * im + qx, re * im + im * re + qy
        if re * re + im * im > 4.0:
            return iteration
    return 0


@numba.njit(parallel=True, cache=True)
def count_all(xs, ys, maxiter, threads):
    counts = np.empty((len(ys), len(xs)), dtype=np.int32)
    # Neighbouring rows take about as long, so every thread gets each so-manieth row: iterations of prange
    # are dealt out in runs.
    for t in numba.prange(threads):
        for i in range(t, len(ys), threads):
            for j in range(len(xs)):
                counts[i, j] = count(xs[j], ys[i], maxiter)
    return counts


width, maxiter, threads = map(int, sys.argv[1:4])
numba.set_num_threads(threads)
xs, ys = map(np.array, plane.axes(width))
count_all(xs[:1], ys[:1], 1, 1)  # compiles, or loads what was compiled; not part of the time

start = time.perf_counter()
counts = count_all(xs, ys, maxiter, threads)
seconds = time.perf_counter() - start
plane.report(seconds, counts.sum(), counts.size)
