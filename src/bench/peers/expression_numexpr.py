"""expression_numexpr.py N TIMES THREADS: a**2 + b**2 + 2*a*b over N doubles, a[i] = i/N, b[i] = 1/(i+1)."""
import sys
import time

import numexpr
import numpy as np

import fields

n, times, threads = map(int, sys.argv[1:4])
numexpr.set_num_threads(threads)
a = np.arange(n) / n
b = 1.0 / np.arange(1, n + 1)
result = numexpr.evaluate("a**2 + b**2 + 2*a*b")  # compiles; not part of the time

start = time.perf_counter()
for _ in range(times):
    numexpr.evaluate("a**2 + b**2 + 2*a*b", out=result)
seconds = time.perf_counter() - start
print(f"seconds {seconds:.9f} sum {fields.add_in_order(np.array_split(result, n // 4096 + 1)):.17g}")
