"""diffusion_cupy.py N STEPS: the diffusion step on whole arrays that lie on a GPU, each operation a kernel of its own."""
import sys
import time

import cupy

import fields

n, steps = map(int, sys.argv[1:3])
host, factor = fields.diffusion_rows(n)


def run(p, times):
    inside = p[1:-1, 1:-1]
    for _ in range(times):
        inside += factor * (p[2:, 1:-1] + p[:-2, 1:-1] + p[1:-1, 2:] + p[1:-1, :-2] - 4 * inside)
    cupy.cuda.get_current_stream().synchronize()


run(cupy.asarray(host), 1)  # compiles; not part of the time
p = cupy.asarray(host)
start = time.perf_counter()
run(p, steps)
seconds = time.perf_counter() - start
fields.report(seconds, cupy.asnumpy(p))
