// What the Mandelbrot peers in C share: the plane's axes, and how a row is counted, point by point or, with -DIN_LANES,
// eight points to a vector. A point's count is the first iteration after which |z| > 2, or 0 if there is none.
#pragma once

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    long sum, evaluations, escaped;
} tally;

typedef struct {
    long nx, ny;
    double *x, *y;
} plane;

static inline long axis(double *values, double start, double end, double step) {
    long n = 0;
    for (double v = start; step > 0 ? v < end : v > end; v += step) {
        values[n++] = v;
    }
    return n;
}

static inline plane plane_of(long width) {
    plane whole;
    whole.x = malloc((width + 2) * sizeof *whole.x);
    whole.y = malloc((width + 2) * sizeof *whole.y);
    whole.nx = axis(whole.x, -2.13, 0.77, (0.77 - -2.13) / width * 2);
    whole.ny = axis(whole.y, 1.3, -1.3, (-1.3 - 1.3) / width * 2);
    return whole;
}

#ifdef IN_LANES
#include "escape_lanes.h"
#else
#include "escape_plain.h"
#endif

static inline void report(double seconds, tally total) {
    printf("seconds %.6f Gevaluations/s %.3f sum %ld evaluations %ld escaped %ld\n", seconds,
            total.evaluations / seconds / 1e9, total.sum, total.evaluations, total.escaped);
}
