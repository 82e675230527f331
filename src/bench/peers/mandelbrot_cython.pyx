# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""mandelbrot_cython W MAXITER THREADS: escape counts as typed loops."""
import time

import numpy as np
from cython.parallel cimport prange

import plane


cdef int count(double qx, double qy, int maxiter) nogil:
    cdef double re = 0, im = 0, following
    cdef int iteration
    for iteration in range(maxiter):
        following = re * re - im * im + qx
        im = re * im + im * re + qy
        re = following
        if re * re + im * im > 4.0:
            return iteration
    return 0


def main(arguments):
    cdef int maxiter, threads
    cdef Py_ssize_t i, j
    width, maxiter, threads = map(int, arguments)
    xs, ys = plane.axes(width)
    cdef double[::1] x = np.array(xs), y = np.array(ys)
    cdef int[:, ::1] counts = np.zeros((len(ys), len(xs)), dtype=np.int32)

    start = time.perf_counter()
    for i in prange(y.shape[0], schedule="dynamic", num_threads=threads, nogil=True):
        for j in range(x.shape[0]):
            counts[i, j] = count(x[j], y[i], maxiter)
    seconds = time.perf_counter() - start
    plane.report(seconds, np.asarray(counts).sum(), counts.size)
