// Many steps of a five-point stencil in one pass through memory, in C++: the scheme of Ghostrow's own kernel, so that
// the language and the algorithm can be told apart. The rows are cut into column strips that fit the cache; down each
// strip step q + 1 follows one row behind step q:
//
//   row   step 1   step 2   step 3          column     left        right
//    4                                      step 1   |-------------------|
//    5                        *              step 2    |---------------|
//    6               *        *              step 3      |===========|
//    7      *        *
//    8      *                               the strip, and the overlap that its neighbours compute as well
//
// The steps between the first and the last live in two rings of scratch rows, one for odd and one for even steps. Four
// rows are done at a time, in vectors; every cell is rounded as the plain loop rounds it.
#pragma once

#include "field.h"

#include <algorithm>
#include <cstring>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

typedef double Vector __attribute__((vector_size(64), may_alias));
typedef double Unaligned __attribute__((vector_size(64), aligned(8), may_alias));

static inline Vector load(const double *p) {
    return *reinterpret_cast<const Vector *>(p);
}

// a + b by the multiplier, which has less to do than the adder: a * 1 + b rounds as a + b does.
static inline Vector add_by_fma(Vector a, Vector b) {
#ifdef __AVX512F__
    __m512d one = _mm512_set1_pd(1);
    asm("" : "+v"(one));  // or the compiler makes an addition of it again
    return _mm512_fmadd_pd(a, one, b);
#else
    return a + b;
#endif
}

struct Diffusion {
    double factor;

    Vector next(Vector centre, Vector up, Vector down, Vector left, Vector right) const {
        return centre + factor * (add_by_fma(down + up, right) + left - 4 * centre);
    }
};

struct Jacobi {
    Vector next(Vector centre, Vector up, Vector down, Vector left, Vector right) const {
        return 0.2 * (centre + left + right + up + down);
    }
};

// Rows of one field by their numbers, 0 to n + 1; a rank may have only some of them. Columns count from 0 here, the
// column that field.h calls 1.
struct Rows {
    double *first_cell;
    long stride;

    double *operator[](long row) const {
        return first_cell + row * stride;
    }
};

template <class Rule> class Wavefront {
public:
    enum { MAX_STEPS = 32 };

    Wavefront(Rule rule, long n) : rule(rule), n(n), width(aligned(n)) {
    }

    // On average (steps - 1) rows more than there are have to be stepped: no more than a sixteenth of them.
    static long best_steps(long rows) {
        return std::clamp(rows / 16, 1L, long(MAX_STEPS));
    }

    // Makes of rows first to last - 1 of `from` what they are so many steps later, in `to`. Reads so many rows more on
    // both sides, as far as there are any.
    void advance(Rows from, Rows to, long first, long last, int steps) {
        this->from = from;
        this->to = to;
        this->first = first;
        this->last = last;
        this->steps = steps;
        ring_rows = steps + BLOCK + 1;
        long fitting = std::max(long(NARROWEST), long(CACHE) / (2 * ring_rows) - 2 * steps);
        long strips = (width + fitting - 1) / fitting;
        long strip = aligned((width + strips - 1) / strips);
        for (left = 0; left < width; left = right) {
            right = std::min(left + strip, width);
            lay_out(strip);
            sweep();
        }
    }

private:
    enum { LANES = 8, BLOCK = 4, CACHE = (768 << 10) / sizeof(double), NARROWEST = 256 };

    const Rule rule;
    const long n, width;
    double *scratch = nullptr;
    long scratch_size = 0;
    Rows from, to;
    long first, last, left, right;
    int steps, ring_rows;
    // Column 0 of each ring row. Each ring is listed twice, so that rows which follow each other are neighbours here.
    double *rings[2][2 * (MAX_STEPS + BLOCK + 1)];
    double *waste_row;

    static long aligned(long columns) {
        return (columns + LANES - 1) & -LANES;
    }

    void lay_out(long strip) {
        long stride = (((strip + 2 * aligned(steps)) / LANES + 2) | 1) * LANES;
        long size = (2 * ring_rows + 1) * stride + LANES;
        if (size > scratch_size) {
            free(scratch);
            scratch = static_cast<double *>(aligned_alloc(64, size * sizeof(double)));
            std::memset(scratch, 0, size * sizeof(double));
            scratch_size = size;
        }
        double *row = scratch + LANES + aligned(steps) - left;
        for (auto &ring : rings) {
            for (int slot = 0; slot < ring_rows; slot++, row += stride) {
                ring[slot] = ring[slot + ring_rows] = row;
            }
        }
        waste_row = row;
    }

    // One strip from top to bottom, all steps.
    void sweep() {
        int slot = 0;
        for (long front = first - (steps - 1); front < last + (steps - 1); front += BLOCK) {
            int behind = slot;
            for (int q = 1; q <= steps; q++) {
                step(q, front - (q - 1), behind);
                behind = (behind == 0 ? ring_rows : behind) - 1;
            }
            slot += BLOCK;
            slot -= slot < ring_rows ? 0 : ring_rows;
        }
    }

    // Step q of four rows from `row` on, as far as anybody needs them; `slot` is its place in the rings.
    void step(int q, long row, int slot) {
        const long margin = steps - q;
        const long begin = std::max(left - aligned(margin), 0L), end = std::min(right + aligned(margin), width);
        const long top = std::max(row, std::max(first - margin, 1L));
        const long bottom = std::min(row + BLOCK, std::min(last + margin, n + 1));
        if (top >= bottom) {
            return;
        }
        double **source = rings[(q - 1) & 1] + (slot == 0 ? ring_rows : slot) - 1, **target = rings[q & 1] + slot;
        double *in[BLOCK + 2], *out[BLOCK];
        if (q == 1 || q == steps || top != row || bottom != row + BLOCK || top == 1 || bottom == n + 1) {
            for (long k = 0; k < BLOCK + 2; k++) {
                long r = std::clamp(row - 1 + k, top - 1, bottom);
                in[k] = q == 1 || r < 1 || r > n ? from[r] : source[r - (row - 1)];
            }
            for (long k = 0; k < BLOCK; k++) {
                long r = row + k;
                out[k] = r < top || r >= bottom ? waste_row : q == steps ? to[r] : target[k];
            }
            source = in;
            target = out;
        }
        block(target, source, begin, end);
        // The cells beside a row are no part of it. Later steps find them in place, since a row keeps its place in the
        // rings; except where the row's last vector has written over them.
        if (q <= 2 && q < steps && begin == 0) {
            restore(-1, row, top, bottom, target);
        }
        if (end >= n && (q <= 2 || end > n)) {
            restore(n, row, top, bottom, target);
        }
    }

    void restore(long column, long row, long top, long bottom, double **target) {
        for (long r = top; r < bottom; r++) {
            target[r - row][column] = from[r][column];
        }
    }

    // Left neighbours are picked from the last vector and this one, right ones are loaded across the seam of two
    // cache lines: one of each keeps both the loads and the arithmetic below their limits.
    void block(double *const *target, double *const *source, long begin, long end) const {
        double *out[BLOCK];
        const double *in[BLOCK + 2];
        Vector before[BLOCK];
#pragma GCC unroll 8
        for (int k = 0; k < BLOCK + 2; k++) {
            in[k] = source[k];
        }
#pragma GCC unroll 8
        for (int k = 0; k < BLOCK; k++) {
            out[k] = target[k];
            before[k] = load(in[k + 1] + begin - LANES);
        }
        for (long j = begin; j < end; j += LANES) {
            Vector centre[BLOCK + 2];
#pragma GCC unroll 8
            for (int k = 0; k < BLOCK + 2; k++) {
                centre[k] = load(in[k] + j);
            }
#pragma GCC unroll 8
            for (int k = 0; k < BLOCK; k++) {
                Vector here = centre[k + 1];
                Vector left = __builtin_shufflevector(before[k], here, 7, 8, 9, 10, 11, 12, 13, 14);
                Vector right = *reinterpret_cast<const Unaligned *>(in[k + 1] + j + 1);
                *reinterpret_cast<Vector *>(out[k] + j) = rule.next(here, centre[k], centre[k + 2], left, right);
                before[k] = here;
            }
        }
    }
};
