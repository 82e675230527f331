/*
 * The loops of `ghostrow pingpong`, in C: the yardstick for what the way from Java to MPI costs.
 * Prints `pattern bytes microseconds`, the median over batches; a ping-pong counts half a round trip.
 *
 *     mpicc -O2 pingpong.c -o pingpong && mpirun -np 2 ./pingpong
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCHES = 25, PING_PONG, SENDRECV, ALLREDUCE };
static const char *names[] = {[PING_PONG] = "pingpong", [SENDRECV] = "sendrecv", [ALLREDUCE] = "allreduce"};
static const double WARM_UP = 0.4, BATCH = 0.01;

static int rank;
static char *out, *in;

static void once(int pattern, int bytes) {
    int peer = 1 - rank;
    if (pattern == SENDRECV) {
        MPI_Sendrecv(out, bytes, MPI_BYTE, peer, 1, in, bytes, MPI_BYTE, peer, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else if (pattern == ALLREDUCE) {
        MPI_Allreduce(out, in, bytes / 8, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    } else if (rank == 0) {
        MPI_Send(out, bytes, MPI_BYTE, peer, 1, MPI_COMM_WORLD);
        MPI_Recv(in, bytes, MPI_BYTE, peer, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else {
        MPI_Recv(in, bytes, MPI_BYTE, peer, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Send(out, bytes, MPI_BYTE, peer, 1, MPI_COMM_WORLD);
    }
}

static double timed(int pattern, int bytes, long times) {
    double start = MPI_Wtime();
    for (long i = 0; i < times; i++) {
        out[0]++; /* an unchanged buffer would flatter the caches */
        once(pattern, bytes);
    }
    return MPI_Wtime() - start;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Both ranks must agree on how often, so rank 0 decides. */
static long times_for(double seconds, double one) {
    long times = (long)(seconds / one) + 1;
    MPI_Bcast(&times, 1, MPI_LONG, 0, MPI_COMM_WORLD);
    return times;
}

static void measure(int pattern, int bytes) {
    double one = timed(pattern, bytes, 100) / 100;
    long warm = times_for(WARM_UP / 2, one);
    one = timed(pattern, bytes, warm) / warm;
    timed(pattern, bytes, times_for(WARM_UP / 2, one));
    long times = times_for(BATCH, one);
    double seconds[BATCHES];
    for (int b = 0; b < BATCHES; b++) {
        MPI_Barrier(MPI_COMM_WORLD);
        seconds[b] = timed(pattern, bytes, times) / times;
    }
    qsort(seconds, BATCHES, sizeof *seconds, ascending);
    if (rank == 0) {
        printf("%s %d %.4f\n", names[pattern], bytes, seconds[BATCHES / 2] * 1e6 / (pattern == PING_PONG ? 2 : 1));
        fflush(stdout);
    }
}

int main(int argc, char **argv) {
    int size, provided;
    // What Ghostrow asks for, so that both pay for the same locks, unless it is to be the least that there is.
    int single = argc > 1 && !strcmp(argv[1], "single");
    MPI_Init_thread(&argc, &argv, single ? MPI_THREAD_SINGLE : MPI_THREAD_SERIALIZED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    if (size != 2) {
        fprintf(stderr, "pingpong: takes 2 ranks, not %d\n", size);
        MPI_Abort(MPI_COMM_WORLD, 2);
    }
    static const int sizes[] = {8, 64, 1024, 8192, 65536, 1 << 20};
    out = aligned_alloc(4096, 1 << 20);
    in = aligned_alloc(4096, 1 << 20);
    memset(out, 1, 1 << 20);
    memset(in, 0, 1 << 20);
    memset(out, 0, 64);
    for (int i = 0; i < 6; i++) {
        measure(PING_PONG, sizes[i]);
    }
    measure(SENDRECV, 8192);
    measure(ALLREDUCE, 64);
    MPI_Finalize();
    return 0;
}
