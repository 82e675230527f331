// What the stencils in C and C++ share: where rows lie in memory, what they start from, and the values that every
// peer prints. A row has n cells and a boundary cell at each end, columns 0 to n + 1.
#pragma once

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { LINE = 8 };  // doubles in a cache line

// The distance of two rows: an odd number of cache lines, since rows that lie a power of two apart compete for the same
// places in the cache. Column 1 begins a line, and behind the last cell a whole vector may be read and written.
static inline long stride_of(long n) {
    return (((n + 2 * LINE) / LINE) | 1) * LINE;
}

// Column 0 of the first of some rows. Their pages are still untouched, so that the threads that compute on them place
// them; a large field gets huge ones. Nothing is freed: the process ends with its fields.
static inline double *new_rows(long rows, long stride) {
    const size_t huge = 2 << 20, large = 16 * huge;
    size_t bytes = rows * stride * sizeof(double);
    bytes = (bytes + huge - 1) / huge * huge;
    double *cells = (double *) aligned_alloc(huge, bytes);
    if (cells == NULL) {
        fprintf(stderr, "no memory for a field of %ld rows of %ld doubles\n", rows, stride);
        exit(1);
    }
    if (bytes >= large) {
        madvise(cells, bytes, MADV_HUGEPAGE);
    }
    return cells + LINE - 1;
}

// Diffusion starts from peak[i] * peak[j], between a boundary of 0; n + 2 values.
static inline double *diffusion_peaks(long n) {
    const double x1 = -10.0, x2 = 10.0;
    double *peak = (double *) malloc((n + 2) * sizeof *peak);
    for (long i = 1; i <= n; i++) {
        double x = x1 + ((i - 1) * (x2 - x1)) / n;
        peak[i] = 1 - fabs(1 - 4 * fabs((x - (x1 + x2) / 2) / (x2 - x1)));
    }
    peak[0] = peak[n + 1] = 0;
    return peak;
}

static inline double diffusion_factor(long n) {
    const double D = 1.0, dx = 20.0 / n, dt = 0.25 * (dx * dx) / D;
    return (D / (dx * dx)) * dt;
}

static inline void diffusion_row(double *row, const double *peak, long i, long n) {
    for (long j = 0; j <= n + 1; j++) {
        row[j] = peak[i] * peak[j];
    }
}

// Jacobi starts from 1 above the first row and 0 elsewhere.
static inline void jacobi_row(double *row, long i, long n) {
    for (long j = 0; j <= n + 1; j++) {
        row[j] = i == 0 ? 1 : 0;
    }
}

// Adds each row from left to right, eight rows at a time so that their chains of additions overlap. p is column 0 of
// the first row; returns the largest cell.
static inline double sum_rows(const double *p, long stride, long rows, long n, double *sums) {
    double most = 0;
#pragma omp parallel for schedule(static) reduction(max : most)
    for (long i = 0; i < rows; i += 8) {
        const double *row[8];
        double sum[8] = {0}, largest[8] = {0};
        for (int k = 0; k < 8; k++) {
            row[k] = p + (i + k < rows ? i + k : i) * stride;
        }
        for (long j = 1; j <= n; j++) {
            for (int k = 0; k < 8; k++) {
                sum[k] += row[k][j];
                largest[k] = row[k][j] > largest[k] ? row[k][j] : largest[k];
            }
        }
        for (int k = 0; k < 8; k++) {
            most = largest[k] > most ? largest[k] : most;
            if (i + k < rows) {
                sums[i + k] = sum[k];
            }
        }
    }
    return most;
}

// Adds the rows' sums from top to bottom.
static inline double sum_of(const double *sums, long rows) {
    double sum = 0;
    for (long i = 0; i < rows; i++) {
        sum += sums[i];
    }
    return sum;
}

static inline void report(double seconds, double sum, double most, double middle) {
    printf("seconds %.9f sum %.17g max %.17g middle %.17g\n", seconds, sum, most, middle);
}

// The values of a whole field; p is column 0 of the row above the first.
static inline void report_field(double seconds, const double *p, long stride, long n) {
    double *sums = (double *) malloc(n * sizeof *sums);
    double most = sum_rows(p + stride, stride, n, n, sums);
    report(seconds, sum_of(sums, n), most, p[(n / 2) * stride + n / 3]);
}
