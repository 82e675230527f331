"""diffusion_numpy_inplace.py N STEPS: the diffusion step on whole arrays, into memory that is kept.

NumPy hands the memory of large intermediate results back to the system, and fetching it anew for every
operation can take longer than the arithmetic.
"""
import sys
import time

import numpy as np

import fields

n, steps = map(int, sys.argv[1:3])
p, factor = fields.diffusion_rows(n)
lapl, scratch = np.empty((n, n)), np.empty((n, n))

start = time.perf_counter()
for _ in range(steps):
    fields.diffusion_step(p, factor, lapl, scratch)
seconds = time.perf_counter() - start
fields.report(seconds, p)
