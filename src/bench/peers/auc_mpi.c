// The area under 7/10 x^3 - 2 x^2 + 4 from 0 to 3 by left rectangles, every rank its own run of them.
//   mpicc -O3 -march=native -ffast-math auc_mpi.c -o auc_mpi;  mpirun -n RANKS ./auc_mpi N
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

static double y(double x) {
    return 0.7 * x * x * x - 2 * x * x + 4;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: auc_mpi N\n");
        return 2;
    }
    int rank, ranks;
    MPI_Init(NULL, NULL);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    const long n = atol(argv[1]), first = n * rank / ranks, last = n * (rank + 1) / ranks;
    const double dx = 3.0 / n;
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    double own = 0, area;
    for (long i = first; i < last; i++) {
        own += y(i * dx) * dx;
    }
    MPI_Reduce(&own, &area, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);
    double seconds = MPI_Wtime() - start;
    if (rank == 0) {
        printf("seconds %.9f area %.17g\n", seconds, area);
    }
    MPI_Finalize();
}
