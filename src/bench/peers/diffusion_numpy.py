"""diffusion_numpy.py N STEPS: the diffusion step on whole arrays."""
import sys
import time

import fields

n, steps = map(int, sys.argv[1:3])
p, factor = fields.diffusion_rows(n)
inside = p[1:-1, 1:-1]

start = time.perf_counter()
for _ in range(steps):
    inside += factor * (p[2:, 1:-1] + p[:-2, 1:-1] + p[1:-1, 2:] + p[1:-1, :-2] - 4 * inside)
seconds = time.perf_counter() - start
fields.report(seconds, p)
