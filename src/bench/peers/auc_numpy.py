"""auc_numpy.py N: the area under a curve by left rectangles, on vectors that fit the cache."""
import sys
import time

import numpy as np

PIECE = 16384  # points evaluated together


def area(first, last, dx):
    total = 0.0
    for at in range(first, last, PIECE):
        x = np.arange(at, min(at + PIECE, last)) * dx
        total += np.sum((0.7 * x * x * x - 2 * x * x + 4) * dx)
    return total


n = int(sys.argv[1])
start = time.perf_counter()
total = area(0, n, 3.0 / n)
seconds = time.perf_counter() - start
print(f"seconds {seconds:.9f} area {total:.17g}")
