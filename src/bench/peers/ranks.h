// What the stencils with MPI share: who owns which rows, and the values of a field that lies in strips.
#pragma once

#include "field.h"

#include <mpi.h>

// Rows first to last - 1 of the interior rows 1 to n; up and down own the rows beside them.
typedef struct {
    int rank, ranks, up, down;
    long first, last;
} strip;

static inline long first_row(long n, int rank, int ranks) {
    return 1 + n * rank / ranks;
}

static inline strip strip_of(long n) {
    strip own;
    MPI_Comm_rank(MPI_COMM_WORLD, &own.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &own.ranks);
    if (n < own.ranks) {
        fprintf(stderr, "%ld rows are too few for %d ranks\n", n, own.ranks);
        MPI_Abort(MPI_COMM_WORLD, 2);
    }
    own.up = own.rank > 0 ? own.rank - 1 : MPI_PROC_NULL;
    own.down = own.rank < own.ranks - 1 ? own.rank + 1 : MPI_PROC_NULL;
    own.first = first_row(n, own.rank, own.ranks);
    own.last = first_row(n, own.rank + 1, own.ranks);
    return own;
}

// Rank 0 gathers the rows' sums and prints; p is column 0 of the first of the strip's own rows.
static inline void report_strips(double seconds, const double *p, long stride, long n, strip own) {
    double *sums = (double *) malloc(n * sizeof *sums), *own_sums = sums + own.first - 1;
    double most = sum_rows(p, stride, own.last - own.first, n, own_sums);
    int *rows = (int *) malloc(2 * own.ranks * sizeof *rows), *places = rows + own.ranks;
    for (int r = 0; r < own.ranks; r++) {
        places[r] = (int) first_row(n, r, own.ranks) - 1;
        rows[r] = (int) first_row(n, r + 1, own.ranks) - 1 - places[r];
    }
    MPI_Gatherv(own.rank == 0 ? MPI_IN_PLACE : own_sums, rows[own.rank], MPI_DOUBLE, sums, rows, places, MPI_DOUBLE, 0,
            MPI_COMM_WORLD);
    double values[2] = {most, own.first <= n / 2 && n / 2 < own.last ? p[(n / 2 - own.first) * stride + n / 3] : 0};
    double all[2];
    MPI_Reduce(values, all, 2, MPI_DOUBLE, MPI_MAX, 0, MPI_COMM_WORLD);
    if (own.rank == 0) {
        report(seconds, sum_of(sums, n), all[0], all[1]);
    }
}
