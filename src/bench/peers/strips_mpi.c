// Diffusion and Jacobi by strips of rows: before every step each rank exchanges its outermost rows with its
// neighbours, then steps its strip in one fused loop. What a careful C programmer writes with MPI.
//   mpicc -O3 -march=native -ffp-contract=off strips_mpi.c -o strips_mpi
//   mpirun -n RANKS ./strips_mpi diffusion|jacobi N STEPS
#include "ranks.h"

#include <stdbool.h>
#include <string.h>

static void diffuse(const double *restrict p, double *restrict next, long w, long rows, long n, double factor) {
    for (long i = 1; i <= rows; i++) {
        for (long j = 1; j <= n; j++) {
            double lapl = p[(i + 1) * w + j] + p[(i - 1) * w + j] + p[i * w + j + 1] + p[i * w + j - 1]
                    - 4 * p[i * w + j];
            next[i * w + j] = p[i * w + j] + factor * lapl;
        }
    }
}

static void average(const double *restrict p, double *restrict next, long w, long rows, long n) {
    for (long i = 1; i <= rows; i++) {
        for (long j = 1; j <= n; j++) {
            next[i * w + j] = 0.2 * (p[i * w + j] + p[i * w + j - 1] + p[i * w + j + 1] + p[(i - 1) * w + j]
                    + p[(i + 1) * w + j]);
        }
    }
}

// Both directions at once, so that a step waits for one message's latency and not for two.
static void exchange(double *p, long w, long rows, int n, strip own) {
    MPI_Request requests[4];
    MPI_Irecv(p + 1, n, MPI_DOUBLE, own.up, 0, MPI_COMM_WORLD, &requests[0]);
    MPI_Irecv(p + (rows + 1) * w + 1, n, MPI_DOUBLE, own.down, 0, MPI_COMM_WORLD, &requests[1]);
    MPI_Isend(p + w + 1, n, MPI_DOUBLE, own.up, 0, MPI_COMM_WORLD, &requests[2]);
    MPI_Isend(p + rows * w + 1, n, MPI_DOUBLE, own.down, 0, MPI_COMM_WORLD, &requests[3]);
    MPI_Waitall(4, requests, MPI_STATUSES_IGNORE);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: strips_mpi diffusion|jacobi N STEPS\n");
        return 2;
    }
    MPI_Init(NULL, NULL);
    const bool diffusion = strcmp(argv[1], "diffusion") == 0;
    const long n = atol(argv[2]), steps = atol(argv[3]), w = stride_of(n);
    const strip own = strip_of(n);
    const long rows = own.last - own.first;
    const double factor = diffusion_factor(n), *peak = diffusion_peaks(n);
    double *p = new_rows(rows + 2, w), *next = new_rows(rows + 2, w);
    for (long i = 0; i <= rows + 1; i++) {
        if (diffusion) {
            diffusion_row(p + i * w, peak, own.first - 1 + i, n);
            diffusion_row(next + i * w, peak, 0, n);
        } else {
            jacobi_row(p + i * w, own.first - 1 + i, n);
            jacobi_row(next + i * w, own.first - 1 + i, n);
        }
    }
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long s = 0; s < steps; s++) {
        exchange(p, w, rows, (int) n, own);
        if (diffusion) {
            diffuse(p, next, w, rows, n, factor);
        } else {
            average(p, next, w, rows, n);
        }
        double *swap = p;
        p = next;
        next = swap;
    }
    MPI_Barrier(MPI_COMM_WORLD);
    report_strips(MPI_Wtime() - start, p + w, w, n, own);
    MPI_Finalize();
}
