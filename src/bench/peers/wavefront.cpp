// Diffusion and Jacobi many steps at a time; each thread does its own rows, and some of its neighbours' as well.
//   g++ -O3 -march=native -ffp-contract=off [-fopenmp] wavefront.cpp -o wavefront
//   ./wavefront diffusion|jacobi N STEPS
#include "wavefront.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#ifdef _OPENMP
#include <omp.h>
#else
static int omp_get_num_threads() { return 1; }
static int omp_get_thread_num() { return 0; }
#endif

// start_row sets a row of either field: all of it, or what of it never changes.
template <class Rule, class Start> static void run(Rule rule, Start start_row, long n, long steps) {
    using Clock = std::chrono::steady_clock;
    const long stride = stride_of(n);
    double *p = new_rows(n + 2, stride), *next = new_rows(n + 2, stride), *result = p;
    double seconds = 0;
#pragma omp parallel
    {
        const int thread = omp_get_thread_num(), threads = omp_get_num_threads();
        const long first = 1 + n * thread / threads, last = 1 + n * (thread + 1) / threads;
        for (long i = first == 1 ? 0 : first; i < (last > n ? n + 2 : last); i++) {
            start_row(p + i * stride, i);
            start_row(next + i * stride, i == 0 ? 0 : n + 1);
        }
        Wavefront<Rule> wavefront(rule, n);
        Rows from = {p + 1, stride}, to = {next + 1, stride};
        const long depth = Wavefront<Rule>::best_steps(n / threads);
#pragma omp barrier
        auto start = Clock::now();
        for (long s = 0; s < steps; s += depth) {
            wavefront.advance(from, to, first, last, (int) std::min(depth, steps - s));
            std::swap(from, to);
#pragma omp barrier
        }
        if (thread == 0) {
            seconds = std::chrono::duration<double>(Clock::now() - start).count();
            result = from.first_cell - 1;
        }
    }
    report_field(seconds, result, stride, n);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: wavefront diffusion|jacobi N STEPS\n");
        return 2;
    }
    const long n = std::atol(argv[2]), steps = std::atol(argv[3]);
    if (std::string(argv[1]) == "diffusion") {
        const double *peak = diffusion_peaks(n);
        run(Diffusion{diffusion_factor(n)}, [=](double *row, long i) { diffusion_row(row, peak, i, n); }, n, steps);
    } else {
        run(Jacobi{}, [=](double *row, long i) { jacobi_row(row, i, n); }, n, steps);
    }
}
