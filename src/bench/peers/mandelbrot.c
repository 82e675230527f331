// Escape counts by a scalar loop, rows handed to threads as they become free: the plain C program.
//   gcc -O3 -march=native -ffp-contract=off [-fopenmp] mandelbrot.c -o mandelbrot;  ./mandelbrot W MAXITER
// prints the seconds of counting, evaluations per second, and the sum, evaluations and escapes to compare.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static long axis(double *values, double start, double end, double step) {
    long n = 0;
    for (double v = start; step > 0 ? v < end : v > end; v += step) {
        values[n++] = v;
    }
    return n;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: mandelbrot W MAXITER\n");
        return 2;
    }
    const long width = atol(argv[1]), maxiter = atol(argv[2]);
    double *x = malloc((width + 2) * sizeof *x), *y = malloc((width + 2) * sizeof *y);
    const long nx = axis(x, -2.13, 0.77, (0.77 - -2.13) / width * 2);
    const long ny = axis(y, 1.3, -1.3, (-1.3 - 1.3) / width * 2);
    int *counts = calloc(nx * ny, sizeof *counts);
    long sum = 0, evaluations = 0, escaped = 0;
    const double start = now();
#pragma omp parallel for schedule(dynamic) reduction(+ : sum, evaluations, escaped)
    for (long row = 0; row < ny; row++) {
        for (long col = 0; col < nx; col++) {
            double re = 0, im = 0, re2 = 0, im2 = 0;
            long n = 0;
            for (; n < maxiter; n++) {
                im = re * im + im * re + y[row];
                re = re2 - im2 + x[col];
                re2 = re * re;
                im2 = im * im;
                if (re2 + im2 > 4) {
                    break;
                }
            }
            if (n < maxiter) {
                counts[row * nx + col] = (int) n;
                sum += n;
                escaped++;
                evaluations += n + 1;
            } else {
                evaluations += maxiter;
            }
        }
    }
    const double seconds = now() - start;
    printf("seconds %.6f Gevaluations/s %.3f sum %ld evaluations %ld escaped %ld check %d\n", seconds,
            evaluations / seconds / 1e9, sum, evaluations, escaped, counts[nx * ny / 3]);
    free(x);
    free(y);
    free(counts);
}
