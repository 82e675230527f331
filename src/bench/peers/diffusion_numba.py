"""diffusion_numba.py N STEPS THREADS: the diffusion step as plain loops, compiled when first called."""
import sys
import time

import numba
import numpy as np

import fields


@numba.njit(parallel=True)
def step(p, following, factor):
    rows, columns = p.shape
    for i in numba.prange(1, rows - 1):
        for j in range(1, columns - 1):
            lapl = p[i + 1, j] + p[i - 1, j] + p[i, j + 1] + p[i, j - 1] - 4 * p[i, j]
            following[i, j] = p[i, j] + factor * lapl


n, steps, threads = map(int, sys.argv[1:4])
numba.set_num_threads(threads)
p, factor = fields.diffusion_rows(n)
following = np.zeros_like(p)
step(np.zeros((3, 3)), np.zeros((3, 3)), factor)  # compiles; not part of the time

start = time.perf_counter()
for _ in range(steps):
    step(p, following, factor)
    p, following = following, p
seconds = time.perf_counter() - start
fields.report(seconds, p)
