// The five-point average on an N x N interior: the row above is held at 1, the other sides at 0.
//   as published, one core: gcc -O3 jacobi.c -o jacobi
//   what the machine can do: gcc -O3 -march=native -ffp-contract=off -fopenmp jacobi.c -o jacobi_native
//   ./jacobi N STEPS
#include "field.h"

#include <time.h>

static void sweep(const double *restrict p, double *restrict next, long w, long n) {
#pragma omp parallel for schedule(static)
    for (long i = 1; i <= n; i++) {
        for (long j = 1; j <= n; j++) {
            next[i * w + j] = 0.2 * (p[i * w + j] + p[i * w + j - 1] + p[i * w + j + 1] + p[(i - 1) * w + j]
                    + p[(i + 1) * w + j]);
        }
    }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: jacobi N STEPS\n");
        return 2;
    }
    const long n = atol(argv[1]), steps = atol(argv[2]), w = stride_of(n);
    double *p = new_rows(n + 2, w), *next = new_rows(n + 2, w);
#pragma omp parallel for schedule(static)
    for (long i = 0; i <= n + 1; i++) {
        jacobi_row(p + i * w, i, n);
        jacobi_row(next + i * w, i, n);
    }
    double start = now();
    for (long s = 0; s < steps; s++) {
        sweep(p, next, w, n);
        double *swap = p;
        p = next;
        next = swap;
    }
    report_field(now() - start, p, w, n);
}
