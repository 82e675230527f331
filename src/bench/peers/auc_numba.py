"""auc_numba.py N THREADS: the area under a curve by left rectangles, compiled with fast maths."""
import sys
import time

import numba


@numba.njit(parallel=True, fastmath=True, cache=True)
def area(n, dx):
    total = 0.0
    for i in numba.prange(n):
        x = i * dx
        total += (0.7 * x * x * x - 2 * x * x + 4) * dx
    return total


n, threads = map(int, sys.argv[1:3])
numba.set_num_threads(threads)
area(1, 3.0)  # compiles, or loads what was compiled; not part of the time

start = time.perf_counter()
total = area(n, 3.0 / n)
seconds = time.perf_counter() - start
print(f"seconds {seconds:.9f} area {total:.17g}")
