// The area under 7/10 x^3 - 2 x^2 + 4 from 0 to 3 by left rectangles.
//   gcc -O3 -march=native -ffast-math -fopenmp auc.c -o auc;  ./auc N
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

static double y(double x) {
    return 0.7 * x * x * x - 2 * x * x + 4;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: auc N\n");
        return 2;
    }
    const long n = atol(argv[1]);
    const double dx = 3.0 / n;
#pragma omp parallel
    __asm__ volatile("");  // starts the threads; not part of the time
    double start = omp_get_wtime();
    double area = 0;
#pragma omp parallel for reduction(+ : area) schedule(static)
    for (long i = 0; i < n; i++) {
        area += y(i * dx) * dx;
    }
    double seconds = omp_get_wtime() - start;
    printf("seconds %.9f area %.17g\n", seconds, area);
}
