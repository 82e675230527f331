"""expression_numpy.py N TIMES: a**2 + b**2 + 2*a*b over N doubles, with a[i] = i/N and b[i] = 1/(i+1)."""
import sys
import time

import numpy as np

import fields

n, times = map(int, sys.argv[1:3])
a = np.arange(n) / n
b = 1.0 / np.arange(1, n + 1)
result = a**2 + b**2 + 2*a*b

start = time.perf_counter()
for _ in range(times):
    result = a**2 + b**2 + 2*a*b
seconds = time.perf_counter() - start
print(f"seconds {seconds:.9f} sum {fields.add_in_order(np.array_split(result, n // 4096 + 1)):.17g}")
