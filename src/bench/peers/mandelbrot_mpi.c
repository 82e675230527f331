// Escape counts, rows dealt to the ranks in turn: neighbouring rows take about as long.
//   mpicc -O3 -march=native -ffp-contract=off [-DIN_LANES] mandelbrot_mpi.c -o mandelbrot_mpi
//   mpirun -n RANKS ./mandelbrot_mpi W MAXITER
#include "escape.h"

#include <mpi.h>

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: mandelbrot_mpi W MAXITER\n");
        return 2;
    }
    int rank, ranks;
    MPI_Init(NULL, NULL);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    const plane whole = plane_of(atol(argv[1]));
    const long maxiter = atol(argv[2]);
    int *counts = malloc((whole.ny / ranks + 1) * whole.nx * sizeof *counts);
    MPI_Barrier(MPI_COMM_WORLD);
    const double start = MPI_Wtime();
    long own[3] = {0}, all[3];
    for (long i = rank; i < whole.ny; i += ranks) {
        tally row = count_row(whole.x, whole.nx, whole.y[i], maxiter, counts + i / ranks * whole.nx);
        own[0] += row.sum;
        own[1] += row.evaluations;
        own[2] += row.escaped;
    }
    MPI_Reduce(own, all, 3, MPI_LONG, MPI_SUM, 0, MPI_COMM_WORLD);
    const double seconds = MPI_Wtime() - start;
    if (rank == 0) {
        report(seconds, (tally) {all[0], all[1], all[2]});
    }
    MPI_Finalize();
}
