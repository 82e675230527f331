"""jacobi_numpy.py N STEPS: the five-point average on whole arrays."""
import sys
import time

import fields

n, steps = map(int, sys.argv[1:3])
p = fields.jacobi(n)

start = time.perf_counter()
for _ in range(steps):
    p[1:-1, 1:-1] = 0.2 * (p[1:-1, 1:-1] + p[1:-1, :-2] + p[1:-1, 2:] + p[:-2, 1:-1] + p[2:, 1:-1])
seconds = time.perf_counter() - start
fields.report(seconds, p)
