"""diffusion_numba_cuda.py N STEPS: the diffusion step as a CUDA kernel in Python, a cell a thread."""
import sys
import time

import numpy as np
from numba import cuda
from numba.cuda import libdevice

import fields

GROUP = 64, 4


@cuda.jit
def step(p, following, factor):
    j, i = cuda.grid(2)
    i, j = i + 1, j + 1
    if i < p.shape[0] - 1 and j < p.shape[1] - 1:
        # Four times a number is exact; the other product would be fused with the sum, were it not told to round.
        lapl = p[i + 1, j] + p[i - 1, j] + p[i, j + 1] + p[i, j - 1] - 4 * p[i, j]
        following[i, j] = p[i, j] + libdevice.dmul_rn(factor, lapl)


n, steps = map(int, sys.argv[1:3])
p, factor = fields.diffusion_rows(n)
here, there = cuda.to_device(p), cuda.to_device(p)
groups = tuple(-(-n // group) for group in GROUP)
small = np.zeros((3, 3))
step[(1, 1), GROUP](cuda.to_device(small), cuda.to_device(small), factor)  # compiles; not part of the time
cuda.synchronize()

start = time.perf_counter()
for _ in range(steps):
    step[groups, GROUP](here, there, factor)
    here, there = there, here
cuda.synchronize()
seconds = time.perf_counter() - start
fields.report(seconds, here.copy_to_host())
