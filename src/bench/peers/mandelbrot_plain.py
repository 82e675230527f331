"""mandelbrot_plain.py W MAXITER: escape counts in plain Python, for PyPy."""
import sys
import time

import plane


def count(qx, qy, maxiter):
    re = im = 0.0
    for iteration in range(maxiter):
        re, im = re * re - im * im + qx, re * im + im * re + qy
        if re * re + im * im > 4.0:
            return iteration
    return 0


def main(width, maxiter):
    xs, ys = plane.axes(width)
    start = time.perf_counter()
    counts = [[count(x, y, maxiter) for x in xs] for y in ys]
    seconds = time.perf_counter() - start
    plane.report(seconds, sum(map(sum, counts)), len(xs) * len(ys))


main(int(sys.argv[1]), int(sys.argv[2]))
