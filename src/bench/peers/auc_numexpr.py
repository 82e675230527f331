"""auc_numexpr.py N THREADS: the area under a curve by left rectangles, one expression over a piece.

The pieces are large because NumExpr only shares vectors of many blocks among its threads, and the sum is
NumPy's because NumExpr's own runs on one thread.
"""
import sys
import time

import numexpr
import numpy as np

PIECE = 1 << 18  # points evaluated together

n, threads = map(int, sys.argv[1:3])
numexpr.set_num_threads(threads)
dx = 3.0 / n
offsets = np.arange(PIECE, dtype=np.float64)
values = np.empty(PIECE)

start = time.perf_counter()
total = 0.0
for at in range(0, n, PIECE):
    size = min(PIECE, n - at)
    x = numexpr.evaluate("(at + i) * dx", {"at": float(at), "i": offsets[:size], "dx": dx})
    total += np.sum(numexpr.evaluate("(0.7 * x * x * x - 2 * x * x + 4) * dx", out=values[:size]))
seconds = time.perf_counter() - start
print(f"seconds {seconds:.9f} area {total:.17g}")
