"""mandelbrot_numexpr.py W MAXITER THREADS: escape counts, an expression at a time over the points left."""
import sys
import time

import numexpr
import numpy as np

import plane

PIECE = 65536  # points iterated together: enough work for the threads, small enough for the cache


def count(qx, qy, maxiter):
    counts = np.zeros(len(qx), dtype=np.int64)
    left = np.arange(len(qx))
    re, im = np.zeros(len(qx)), np.zeros(len(qx))
    for iteration in range(maxiter):
        re, im = (numexpr.evaluate("re * re - im * im + qx"), numexpr.evaluate("re * im + im * re + qy"))
        escaped = numexpr.evaluate("re * re + im * im > 4.0")
        if escaped.any():
            counts[left[escaped]] = iteration
            stay = ~escaped
            left, re, im, qx, qy = left[stay], re[stay], im[stay], qx[stay], qy[stay]
            if len(left) == 0:
                break
    return counts


width, maxiter, threads = map(int, sys.argv[1:4])
numexpr.set_num_threads(threads)
xs, ys = plane.axes(width)
start = time.perf_counter()
qx, qy = np.tile(xs, len(ys)), np.repeat(ys, len(xs))
counts = np.empty(len(qx), dtype=np.int64)
for at in range(0, len(qx), PIECE):
    counts[at:at + PIECE] = count(qx[at:at + PIECE], qy[at:at + PIECE], maxiter)
seconds = time.perf_counter() - start
plane.report(seconds, counts.sum(), len(qx))
