"""diffusion_cupy_raw.py N STEPS: the diffusion step as a kernel in CUDA C++, a cell a thread, compiled by CuPy."""
import sys
import time

import cupy
import numpy as np

import fields

SOURCE = """
extern "C" __global__ void diffusion(const double *p, double *following, long long n, double factor) {
    long long j = blockIdx.x * (long long) blockDim.x + threadIdx.x + 1;
    long long i = blockIdx.y * (long long) blockDim.y + threadIdx.y + 1;
    if (i > n || j > n) {
        return;
    }
    long long width = n + 2, at = i * width + j;
    double lapl = p[at + width] + p[at - width] + p[at + 1] + p[at - 1] - 4 * p[at];
    following[at] = p[at] + factor * lapl;
}
"""
GROUP = 64, 4

n, steps = map(int, sys.argv[1:3])
p, factor = fields.diffusion_rows(n)
kernel = cupy.RawKernel(SOURCE, "diffusion", options=("--fmad=false",))
groups = tuple(-(-n // group) for group in GROUP)


def run(here, there, times):
    for _ in range(times):
        kernel(groups, GROUP, (here, there, np.int64(n), np.float64(factor)))
        here, there = there, here
    cupy.cuda.get_current_stream().synchronize()
    return here


run(cupy.asarray(p), cupy.asarray(p), 1)  # compiles; not part of the time
here, there = cupy.asarray(p), cupy.asarray(p)
start = time.perf_counter()
result = run(here, there, steps)
seconds = time.perf_counter() - start
fields.report(seconds, cupy.asnumpy(result))
