// The five-point average on an N x N interior: the row above is held at 1, the other sides at 0.
//   as published, one core: gcc -O3 jacobi.c -o jacobi
//   what the machine can do: gcc -O3 -march=native -ffp-contract=off -fopenmp jacobi.c -o jacobi_native
//   ./jacobi N STEPS
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void sweep(const double *restrict p, double *restrict next, long n) {
    const long w = n + 2;
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
    const long n = atol(argv[1]), steps = atol(argv[2]), w = n + 2;
    double *p = malloc(w * w * sizeof *p), *next = malloc(w * w * sizeof *next);
    if (p == NULL || next == NULL) {
        fprintf(stderr, "jacobi: no memory for two fields of %ld x %ld\n", w, w);
        return 1;
    }
    // Set in parallel as well, so that the threads that compute on the pages place them.
#pragma omp parallel for schedule(static)
    for (long i = 0; i < w; i++) {
        for (long j = 0; j < w; j++) {
            p[i * w + j] = next[i * w + j] = i == 0 ? 1 : 0;
        }
    }
    double start = now();
    for (long s = 0; s < steps; s++) {
        sweep(p, next, n);
        double *swap = p;
        p = next;
        next = swap;
    }
    double seconds = now() - start;
    double sum = 0, most = 0;
    for (long i = 1; i <= n; i++) {
        for (long j = 1; j <= n; j++) {
            sum += p[i * w + j];
            most = p[i * w + j] > most ? p[i * w + j] : most;
        }
    }
    printf("seconds %.9f sum %.17g max %.17g middle %.17g\n", seconds, sum, most, p[(n / 2) * w + n / 3]);
    free(p);
    free(next);
}
