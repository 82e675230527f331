// A row of the Mandelbrot set by a scalar loop; see escape.h.
#pragma once

static tally count_row(const double *x, long nx, double y, long maxiter, int *counts) {
    tally row = {0};
    for (long col = 0; col < nx; col++) {
        double re = 0, im = 0, re2 = 0, im2 = 0;
        long n = 0;
        for (; n < maxiter; n++) {
            im = re * im + im * re + y;
            re = re2 - im2 + x[col];
            re2 = re * re;
            im2 = im * im;
            if (re2 + im2 > 4) {
                break;
            }
        }
        counts[col] = n < maxiter ? (int) n : 0;
        row.sum += counts[col];
        row.escaped += n < maxiter;
        row.evaluations += n < maxiter ? n + 1 : n;
    }
    return row;
}
