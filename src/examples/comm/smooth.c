#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv) {
    double all[12], a[14] = {0}, b[14] = {0}, mine = 0, sum;
    int rank, size, left, right, periodic = 1;
    MPI_Comm ring;
    MPI_Init(&argc, &argv);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Cart_create(MPI_COMM_WORLD, 1, &size, &periodic, 0, &ring);
    MPI_Comm_rank(ring, &rank);
    MPI_Cart_shift(ring, 0, 1, &left, &right);
    int n = 12 / size;
    for (int i = 0; i < 12; i++) all[i] = 8 * i * i;
    MPI_Scatter(all, n, MPI_DOUBLE, a + 1, n, MPI_DOUBLE, 0, ring);

    MPI_Sendrecv(a + 1, 1, MPI_DOUBLE, left, 0, a + n + 1, 1, MPI_DOUBLE, right, 0, ring, MPI_STATUS_IGNORE);
    MPI_Sendrecv(a + n, 1, MPI_DOUBLE, right, 1, a, 1, MPI_DOUBLE, left, 1, ring, MPI_STATUS_IGNORE);
    for (int i = 1; i <= n; i++) b[i] = (a[i - 1] + 2 * a[i] + a[i + 1]) / 4;

    MPI_Request requests[4];
    MPI_Irecv(b, 1, MPI_DOUBLE, left, 1, ring, &requests[0]);
    MPI_Irecv(b + n + 1, 1, MPI_DOUBLE, right, 0, ring, &requests[1]);
    MPI_Isend(b + 1, 1, MPI_DOUBLE, left, 0, ring, &requests[2]);
    MPI_Isend(b + n, 1, MPI_DOUBLE, right, 1, ring, &requests[3]);
    MPI_Waitall(4, requests, MPI_STATUSES_IGNORE);
    for (int i = 1; i <= n; i++) mine += a[i] = (b[i - 1] + 2 * b[i] + b[i + 1]) / 4;

    MPI_Reduce(&mine, &sum, 1, MPI_DOUBLE, MPI_SUM, 0, ring);
    MPI_Gather(a + 1, n, MPI_DOUBLE, all, n, MPI_DOUBLE, 0, ring);
    if (rank == 0) printf("sum %.1f of [%.1f", sum, all[0]);
    for (int i = 1; rank == 0 && i < 12; i++) printf(", %.1f%s", all[i], i < 11 ? "" : "]\n");
    MPI_Finalize();
}
