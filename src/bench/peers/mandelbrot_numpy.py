"""mandelbrot_numpy.py W MAXITER: escape counts on vectors that fit the cache.

Real and imaginary parts are arrays of their own: NumPy may fuse the product and the sum of a complex
multiplication, and then some counts change. Points that have escaped leave the vectors.
"""
import sys
import time

import numpy as np

import plane

PIECE = 4096  # points iterated together


def count(qx, qy, maxiter):
    counts = np.zeros(len(qx), dtype=np.int64)
    left = np.arange(len(qx))
    re, im = np.zeros(len(qx)), np.zeros(len(qx))
    for iteration in range(maxiter):
        re, im = re * re - im * im + qx, re * im + im * re + qy
        escaped = re * re + im * im > 4.0
        if escaped.any():
            counts[left[escaped]] = iteration
            stay = ~escaped
            left, re, im, qx, qy = left[stay], re[stay], im[stay], qx[stay], qy[stay]
            if len(left) == 0:
                break
    return counts


width, maxiter = map(int, sys.argv[1:3])
xs, ys = plane.axes(width)
start = time.perf_counter()
qx, qy = np.tile(xs, len(ys)), np.repeat(ys, len(xs))
counts = np.empty(len(qx), dtype=np.int64)
for at in range(0, len(qx), PIECE):
    counts[at:at + PIECE] = count(qx[at:at + PIECE], qy[at:at + PIECE], maxiter)
seconds = time.perf_counter() - start
plane.report(seconds, counts.sum(), len(qx))
