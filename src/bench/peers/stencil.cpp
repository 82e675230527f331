// The diffusion step as one fused sweep over two arrays: what a careful C++ programmer writes first.
//   g++ -O3 -march=native -ffp-contract=off [-fopenmp] stencil.cpp -o stencil;  ./stencil N STEPS
// prints the seconds of stepping alone, points per second, and the sum, maximum and middle value to compare.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

static void sweep(const double *__restrict p, double *__restrict next, long n, double factor) {
    const long w = n + 2;
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
    const long n = std::atol(argv[1]), steps = std::atol(argv[2]), w = n + 2;
    const double D = 1.0, x1 = -10.0, x2 = 10.0;
    const double dx = (x2 - x1) / n, dt = 0.25 * (dx * dx) / D, factor = (D / (dx * dx)) * dt;
    // new[] leaves the pages untouched, so that the threads that compute on them place them.
    double *p = new double[w * w], *next = new double[w * w];
    auto peak = [&](long i) {
        double x = x1 + ((i - 1) * (x2 - x1)) / n;
        return 1 - std::fabs(1 - 4 * std::fabs((x - (x1 + x2) / 2) / (x2 - x1)));
    };
#pragma omp parallel for schedule(static)
    for (long i = 0; i < w; i++) {
        for (long j = 0; j < w; j++) {
            bool inside = i > 0 && i <= n && j > 0 && j <= n;
            p[i * w + j] = inside ? peak(i) * peak(j) : 0;
            next[i * w + j] = 0;
        }
    }
    auto start = std::chrono::steady_clock::now();
    for (long s = 0; s < steps; s++) {
        sweep(p, next, n, factor);
        std::swap(p, next);
    }
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    double sum = 0, most = 0;
    for (long i = 1; i <= n; i++) {
        for (long j = 1; j <= n; j++) {
            sum += p[i * w + j];
            most = std::max(most, p[i * w + j]);
        }
    }
    std::printf("seconds %.6f Gpoints/s %.3f sum %.17g max %.17g middle %.17g\n", seconds,
            (double) n * n * steps / seconds / 1e9, sum, most, p[(n / 2) * w + n / 3]);
    delete[] p;
    delete[] next;
}
