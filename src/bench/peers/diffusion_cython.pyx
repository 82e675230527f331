# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""diffusion_cython N STEPS THREADS: the diffusion step as typed loops over memory views."""
import time

import numpy as np
from cython.parallel cimport prange

import fields


cdef void step(double[:, ::1] p, double[:, ::1] following, double factor, int threads) nogil:
    cdef Py_ssize_t i, j, n = p.shape[0] - 2
    cdef double lapl
    for i in prange(1, n + 1, schedule="static", num_threads=threads):
        for j in range(1, n + 1):
            lapl = p[i + 1, j] + p[i - 1, j] + p[i, j + 1] + p[i, j - 1] - 4 * p[i, j]
            following[i, j] = p[i, j] + factor * lapl


def main(arguments):
    cdef double[:, ::1] p, following
    n, steps, threads = map(int, arguments)
    p, factor = fields.diffusion_rows(n)
    following = np.zeros_like(p)

    start = time.perf_counter()
    for _ in range(steps):
        step(p, following, factor, threads)
        p, following = following, p
    seconds = time.perf_counter() - start
    fields.report(seconds, np.asarray(p))
