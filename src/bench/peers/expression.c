// a**2 + b**2 + 2*a*b over N doubles, evaluated TIMES times, with a[i] = i/N and b[i] = 1/(i+1).
//   gcc -O3 -march=native -ffp-contract=off -fopenmp expression.c -o expression;  ./expression N TIMES
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

static void evaluate(const double *restrict a, const double *restrict b, double *restrict result, long n) {
#pragma omp parallel for schedule(static)
    for (long i = 0; i < n; i++) {
        result[i] = a[i] * a[i] + b[i] * b[i] + 2 * a[i] * b[i];
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: expression N TIMES\n");
        return 2;
    }
    const long n = atol(argv[1]), times = atol(argv[2]);
    double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b), *result = malloc(n * sizeof *result);
    if (a == NULL || b == NULL || result == NULL) {
        fprintf(stderr, "expression: no memory for three arrays of %ld\n", n);
        return 1;
    }
#pragma omp parallel for schedule(static)
    for (long i = 0; i < n; i++) {
        a[i] = (double) i / n;
        b[i] = 1.0 / (i + 1);
        result[i] = 0;
    }
    double start = omp_get_wtime();
    for (long t = 0; t < times; t++) {
        evaluate(a, b, result, n);
    }
    double seconds = omp_get_wtime() - start;
    double sum = 0;
    for (long i = 0; i < n; i++) {
        sum += result[i];
    }
    printf("seconds %.9f sum %.17g\n", seconds, sum);
    free(a);
    free(b);
    free(result);
}
