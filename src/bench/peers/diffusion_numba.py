"""diffusion_numba.py N STEPS THREADS: the diffusion step as plain loops, compiled when first called."""
import sys
import time

import numba
import numpy as np

import fields


@numba.njit(parallel=True, cache=True)
def step(p, following, factor):
    rows, columns = p.shape
    for i in numba.prange(1, rows - 1):
        above, row, below, result = p[i - 1], p[i], p[i + 1], following[i]
        for j in range(1, columns - 1):
            lapl = below[j] + above[j] + row[j + 1] + row[j - 1] - 4 * row[j]
            result[j] = row[j] + factor * lapl


@numba.njit(cache=True)
def run(p, following, factor, steps):
    for _ in range(steps):
        step(p, following, factor)
        p, following = following, p
    return p


n, steps, threads = map(int, sys.argv[1:4])
numba.set_num_threads(threads)
p, factor = fields.diffusion_rows(n)
following = np.zeros_like(p)
run(np.zeros((3, 3)), np.zeros((3, 3)), factor, 1)  # compiles, or loads what was compiled; not part of the time

start = time.perf_counter()
p = run(p, following, factor, steps)
seconds = time.perf_counter() - start
fields.report(seconds, p)
