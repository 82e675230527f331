"""diffusion_numexpr.py N STEPS THREADS: the diffusion step as one expression over slices."""
import sys
import time

import numexpr
import numpy as np

import fields

n, steps, threads = map(int, sys.argv[1:4])
numexpr.set_num_threads(threads)
p, factor = fields.diffusion_rows(n)
following = np.zeros_like(p)

start = time.perf_counter()
for _ in range(steps):
    c, down, up, right, left = p[1:-1, 1:-1], p[2:, 1:-1], p[:-2, 1:-1], p[1:-1, 2:], p[1:-1, :-2]
    numexpr.evaluate("c + factor * (down + up + right + left - 4 * c)", out=following[1:-1, 1:-1])
    p, following = following, p
seconds = time.perf_counter() - start
fields.report(seconds, p)
