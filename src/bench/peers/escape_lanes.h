// A row of the Mandelbrot set, eight points to a vector and several vectors at a time; see escape.h.
//
// The points that have not escaped stand in a dense list. The list goes a round of iterations further, a group of
// vectors after the other, and those that escaped in it leave. In later rounds blocks of iterations go without a test
// in between: a point that has outlived the first one has |q| < 2, so that once outside it stays outside, also as
// infinity or NaN. A block that ends with a point outside is done once more with a test after each iteration.
#pragma once

#include <string.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

enum {
    LANES = 8,
    VECTORS = 4,
    GROUP = VECTORS * LANES,
    BLOCK = 16,
    LONGEST_ROUND = 512,
    TESTED = 16,  // so many iterations are tested each, since many points escape in them; at least one
};

typedef double vec __attribute__((vector_size(64), aligned(8), may_alias));
typedef unsigned char mask;  // a bit for each lane

#ifdef __AVX512F__
// Which of these points are outside; NaN is, too.
static inline mask outside(vec square, mask of) {
    return _mm512_mask_cmp_pd_mask(of, (__m512d) square, _mm512_set1_pd(4), _CMP_NLE_UQ);
}

static inline void keep(double *to, vec values, mask which) {
    _mm512_mask_compressstoreu_pd(to, which, (__m512d) values);
}

static inline void keep_places(int *to, const int *from, mask which) {
    _mm256_mask_compressstoreu_epi32(to, which, _mm256_loadu_si256((const __m256i *) from));
}

// 2 cross + y: twice a number is exact, so fused or not it is the same.
static inline vec twice_and(vec cross, vec y) {
    return (vec) _mm512_fmadd_pd((__m512d) cross, _mm512_set1_pd(2), (__m512d) y);
}
#else
static inline mask outside(vec square, mask of) {
    mask bits = 0;
    for (int lane = 0; lane < LANES; lane++) {
        bits |= !(square[lane] <= 4) << lane;
    }
    return bits & of;
}

static inline void keep(double *to, vec values, mask which) {
    for (int lane = 0; lane < LANES; lane++) {
        if (which >> lane & 1) {
            *to++ = values[lane];
        }
    }
}

static inline void keep_places(int *to, const int *from, mask which) {
    for (int lane = 0; lane < LANES; lane++) {
        if (which >> lane & 1) {
            *to++ = from[lane];
        }
    }
}

static inline vec twice_and(vec cross, vec y) {
    return cross + cross + y;
}
#endif

typedef struct {
    double *x, *re, *im;
    int *place;
} list;

typedef struct {
    vec x[VECTORS], re[VECTORS], im[VECTORS];
    mask alive[VECTORS];
} group;

#define EACH_VECTOR _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++)

// Takes a group a few iterations further with a test after each; returns whether a point is still inside.
static inline int tested(group *g, vec y, long n, long steps, const int *place, int *counts, tally *row) {
    for (long s = n; s < n + steps; s++) {
        mask gone[VECTORS], any = 0;
        EACH_VECTOR {
            vec cross = g->re[v] * g->im[v];
            g->re[v] = g->re[v] * g->re[v] - g->im[v] * g->im[v] + g->x[v];
            g->im[v] = twice_and(cross, y);
            gone[v] = outside(g->re[v] * g->re[v] + g->im[v] * g->im[v], g->alive[v]);
            any |= gone[v];
        }
        if (any) {
            mask left = 0;
            EACH_VECTOR {
                g->alive[v] &= ~gone[v];
                left |= g->alive[v];
                for (; gone[v]; gone[v] &= gone[v] - 1) {
                    counts[place[v * LANES + __builtin_ctz(gone[v])]] = (int) s;
                    row->sum += s;
                    row->escaped++;
                }
            }
            if (!left) {
                return 0;
            }
        }
    }
    return 1;
}

// Takes a group some blocks further without a test in between, or to the start of the first in which a point goes
// outside; returns how many blocks it has done. A function of its own, so that its vectors have all registers.
__attribute__((noinline)) static long untested(group *g, vec y, long blocks) {
    vec x[VECTORS], re[VECTORS], im[VECTORS], re2[VECTORS], im2[VECTORS];
    EACH_VECTOR {
        x[v] = g->x[v];
        re[v] = g->re[v];
        im[v] = g->im[v];
        re2[v] = re[v] * re[v];
        im2[v] = im[v] * im[v];
    }
    for (long block = 0; block < blocks; block++) {
#pragma GCC unroll 16
        for (int s = 0; s < BLOCK; s++) {
            EACH_VECTOR {
                vec cross = re[v] * im[v];
                re[v] = re2[v] - im2[v] + x[v];
                if (v % 2 == 0) {
                    im[v] = twice_and(cross, y);
                } else {
                    im[v] = cross + cross + y;  // so that the adder and the multiplier have the same to do
                }
                re2[v] = re[v] * re[v];
                im2[v] = im[v] * im[v];
            }
        }
        mask gone = 0;
        EACH_VECTOR {
            gone |= outside(re2[v] + im2[v], g->alive[v]);
        }
        if (gone) {
            return block;
        }
        EACH_VECTOR {
            g->re[v] = re[v];
            g->im[v] = im[v];
        }
    }
    return blocks;
}

// Takes a group a round further, of whose points the first `live` are alive; returns how many it has put at `kept`.
static long advance(list points, long at, long live, long kept, vec y, long n, long length, int *counts, tally *row) {
    group g;
    const int *place = points.place + at;
    EACH_VECTOR {
        long left = live - v * LANES, first = at + v * LANES;
        g.alive[v] = left >= LANES ? 0xff : left <= 0 ? 0 : (1 << left) - 1;
        g.x[v] = *(const vec *) (points.x + first);
        g.re[v] = *(const vec *) (points.re + first);
        g.im[v] = *(const vec *) (points.im + first);
    }
    for (long end = n + length; n < end; ) {
        n += n >= TESTED ? BLOCK * untested(&g, y, (end - n) / BLOCK) : 0;
        long steps = end - n < BLOCK ? end - n : BLOCK;
        if (!tested(&g, y, n, steps, place, counts, row)) {
            return 0;
        }
        n += steps;
    }
    long stored = 0;
    EACH_VECTOR {
        keep(points.x + kept + stored, g.x[v], g.alive[v]);
        keep(points.re + kept + stored, g.re[v], g.alive[v]);
        keep(points.im + kept + stored, g.im[v], g.alive[v]);
        keep_places(points.place + kept + stored, place + v * LANES, g.alive[v]);
        stored += __builtin_popcount(g.alive[v]);
    }
    return stored;
}

static list new_list(long nx) {
    const long room = nx + GROUP;
    list points = {calloc(room, sizeof(double)), calloc(room, sizeof(double)), calloc(room, sizeof(double)),
            calloc(room, sizeof(int))};
    return points;
}

static tally count_row(const double *x, long nx, double y, long maxiter, int *counts) {
    static _Thread_local list points;
    if (points.x == NULL) {
        points = new_list(nx);
    }
    tally row = {0};
    const vec ys = y - (vec) {0};
    memcpy(points.x, x, nx * sizeof *x);
    memset(points.re, 0, nx * sizeof *points.re);
    memset(points.im, 0, nx * sizeof *points.im);
    memset(counts, 0, nx * sizeof *counts);
    for (int i = 0; i < nx; i++) {
        points.place[i] = i;
    }
    long live = nx;
    for (long n = 0, round = BLOCK, length; n < maxiter && live > 0; n += length) {
        length = round < maxiter - n ? round : maxiter - n;
        long kept = 0;
        for (long at = 0; at < live; at += GROUP) {
            kept += advance(points, at, live - at, kept, ys, n, length, counts, &row);
        }
        live = kept;
        round = 2 * round < LONGEST_ROUND ? 2 * round : LONGEST_ROUND;
    }
    row.evaluations = row.sum + row.escaped + live * maxiter;
    return row;
}
