// The diffusion step as one fused sweep over two arrays: what a careful C++ programmer writes first.
//   g++ -O3 -march=native -ffp-contract=off [-fopenmp] stencil.cpp -o stencil;  ./stencil N STEPS
#include "field.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

static void sweep(const double *__restrict p, double *__restrict next, long w, long n, double factor) {
#pragma omp parallel for schedule(static)
    for (long i = 1; i <= n; i++) {
        for (long j = 1; j <= n; j++) {
            double lapl = p[(i + 1) * w + j] + p[(i - 1) * w + j] + p[i * w + j + 1] + p[i * w + j - 1]
                    - 4 * p[i * w + j];
            next[i * w + j] = p[i * w + j] + factor * lapl;
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: stencil N STEPS\n");
        return 2;
    }
    const long n = std::atol(argv[1]), steps = std::atol(argv[2]), w = stride_of(n);
    const double factor = diffusion_factor(n), *peak = diffusion_peaks(n);
    double *p = new_rows(n + 2, w), *next = new_rows(n + 2, w);
#pragma omp parallel for schedule(static)
    for (long i = 0; i <= n + 1; i++) {
        diffusion_row(p + i * w, peak, i, n);
        diffusion_row(next + i * w, peak, 0, n);
    }
    auto start = std::chrono::steady_clock::now();
    for (long s = 0; s < steps; s++) {
        sweep(p, next, w, n, factor);
        std::swap(p, next);
    }
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    report_field(seconds, p, w, n);
}
