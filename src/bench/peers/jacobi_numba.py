"""jacobi_numba.py N STEPS THREADS: the five-point average as plain loops, compiled when first called."""
import sys
import time

import numba
import numpy as np

import fields


@numba.njit(parallel=True)
def step(p, following):
    rows, columns = p.shape
    for i in numba.prange(1, rows - 1):
        for j in range(1, columns - 1):
            following[i, j] = 0.2 * (p[i, j] + p[i, j - 1] + p[i, j + 1] + p[i - 1, j] + p[i + 1, j])


n, steps, threads = map(int, sys.argv[1:4])
numba.set_num_threads(threads)
p = fields.jacobi(n)
following = p.copy()
step(np.zeros((3, 3)), np.zeros((3, 3)))  # compiles; not part of the time

start = time.perf_counter()
for _ in range(steps):
    step(p, following)
    p, following = following, p
seconds = time.perf_counter() - start
fields.report(seconds, p)
