// What the machine allows, to hold the kernels against: the rate of a memory copy, and the rates of vector
// additions from registers and from the first-level cache, there also with every load 8 bytes past its
// natural place. All threads together, in bytes and vectors a second; each figure is the best of many tries.
//   gcc -O3 -march=native -fopenmp limits.c -o limits;  ./limits
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    ROUNDS = 8,
    SHORT_ROUNDS = 100,  // tries of well under a millisecond, to slip between the turns of other processes
    ADDS = 8,
    BUFFER = 2048,  // doubles: 16 KiB, half a first-level cache
};

static double best(int rounds, double (*measure)(void)) {
    double most = 0;
    for (int r = 0; r < rounds; r++) {
        double rate = measure();
        most = rate > most ? rate : most;
    }
    return most;
}

static double *from, *to;
static const long copied = 1L << 25;  // 256 MiB an array, past any cache

// Bytes read plus bytes written a second, as STREAM counts its copy.
static double copy(void) {
    double start = omp_get_wtime();
#pragma omp parallel for schedule(static)
    for (long i = 0; i < copied; i++) {
        to[i] = from[i];
    }
    return 2.0 * sizeof(double) * copied / (omp_get_wtime() - start);
}

// Eight independent chains hide the latency of an addition. The empty asm statements keep the compiler from
// folding the additions, and cost nothing.
#define RATES(BITS)                                                                                         \
    typedef double v##BITS __attribute__((vector_size(BITS / 8), aligned(8)));                              \
                                                                                                            \
    static double registers##BITS(void) {                                                                   \
        const long rounds = 200000;                                                                         \
        double start = omp_get_wtime();                                                                     \
        _Pragma("omp parallel") {                                                                           \
            v##BITS sum[ADDS] = {{0}}, one = {0};                                                           \
            one += 1;                                                                                       \
            __asm__ volatile("" : "+v"(one));                                                               \
            for (long r = 0; r < rounds; r++) {                                                             \
                _Pragma("GCC unroll 8") for (int k = 0; k < ADDS; k++) {                                    \
                    sum[k] += one;                                                                          \
                    __asm__ volatile("" : "+v"(sum[k]));                                                    \
                }                                                                                           \
            }                                                                                               \
        }                                                                                                   \
        return (double) ADDS * rounds * omp_get_max_threads() / (omp_get_wtime() - start);                  \
    }                                                                                                       \
                                                                                                            \
    /* offset: how many bytes the loads lie past the start of a cache line */                               \
    static double cache##BITS(int offset) {                                                                 \
        enum { LANES = BITS / 64 };                                                                         \
        const long rounds = 4000;                                                                           \
        double start = omp_get_wtime();                                                                     \
        _Pragma("omp parallel") {                                                                           \
            _Alignas(64) char buffer[BUFFER * sizeof(double) + 64] = {0};                                   \
            const double *data = (const double *) (buffer + offset);                                        \
            __asm__ volatile("" : "+r"(data) : : "memory");                                                 \
            v##BITS sum[ADDS] = {{0}};                                                                      \
            for (long r = 0; r < rounds; r++) {                                                             \
                for (int i = 0; i < BUFFER; i += ADDS * LANES) {                                            \
                    _Pragma("GCC unroll 8") for (int k = 0; k < ADDS; k++) {                                \
                        sum[k] += *(const v##BITS *) (data + i + k * LANES);                                \
                        __asm__ volatile("" : "+v"(sum[k]));                                                \
                    }                                                                                       \
                }                                                                                           \
            }                                                                                               \
        }                                                                                                   \
        return (double) (BUFFER / LANES) * rounds * omp_get_max_threads() / (omp_get_wtime() - start);      \
    }                                                                                                       \
    static double aligned##BITS(void) {                                                                     \
        return cache##BITS(0);                                                                              \
    }                                                                                                       \
    static double shifted##BITS(void) {                                                                     \
        return cache##BITS(8);                                                                              \
    }                                                                                                       \
    static void print##BITS(void) {                                                                         \
        printf(" add" #BITS " %.4g add" #BITS "Cache %.4g add" #BITS "CacheShifted %.4g",                   \
                best(SHORT_ROUNDS, registers##BITS), best(SHORT_ROUNDS, aligned##BITS),                     \
                best(SHORT_ROUNDS, shifted##BITS));                                                         \
    }

#ifdef __AVX512F__
RATES(512)
#endif
#ifdef __AVX__
RATES(256)
#endif

int main(void) {
    from = malloc(copied * sizeof *from);
    to = malloc(copied * sizeof *to);
    if (from == NULL || to == NULL) {
        fprintf(stderr, "limits: no memory for two arrays of %ld doubles\n", copied);
        return 1;
    }
#pragma omp parallel for schedule(static)
    for (long i = 0; i < copied; i++) {
        from[i] = i;
        to[i] = 0;
    }
    double start = omp_get_wtime();
    double bytes = best(ROUNDS, copy);
    printf("copy %.4g", bytes);
#ifdef __AVX512F__
    print512();
#endif
#ifdef __AVX__
    print256();
#endif
    printf(" seconds %.6f\n", omp_get_wtime() - start);
    free(from);
    free(to);
}
