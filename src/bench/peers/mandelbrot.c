// Escape counts, rows handed to threads as they become free.
//   gcc -O3 -march=native -ffp-contract=off [-fopenmp] [-DIN_LANES] mandelbrot.c -o mandelbrot;  ./mandelbrot W MAXITER
// prints the seconds of counting, evaluations per second, and the sum, evaluations and escapes to compare.
#include "escape.h"

#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: mandelbrot W MAXITER\n");
        return 2;
    }
    const plane whole = plane_of(atol(argv[1]));
    const long maxiter = atol(argv[2]);
    int *counts = malloc(whole.nx * whole.ny * sizeof *counts);
#pragma omp parallel
    __asm__ volatile("");  // starts the threads; not part of the time
    long sum = 0, evaluations = 0, escaped = 0;
    const double start = now();
#pragma omp parallel for schedule(dynamic) reduction(+ : sum, evaluations, escaped)
    for (long i = 0; i < whole.ny; i++) {
        tally row = count_row(whole.x, whole.nx, whole.y[i], maxiter, counts + i * whole.nx);
        sum += row.sum;
        evaluations += row.evaluations;
        escaped += row.escaped;
    }
    report(now() - start, (tally) {sum, evaluations, escaped});
}
