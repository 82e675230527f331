// Diffusion and Jacobi many steps at a time by strips of rows: as many ghost rows as steps are exchanged before each
// pass.
//   mpicxx -O3 -march=native -ffp-contract=off wavefront_mpi.cpp -o wavefront_mpi
//   mpirun -n RANKS ./wavefront_mpi diffusion|jacobi N STEPS
#include "ranks.h"
#include "wavefront.h"

#include <string>
#include <utility>

// Both directions at once, so that a pass waits for one message's latency and not for two.
static void exchange(Rows rows, long depth, strip own) {
    const int doubles = (int) (depth * rows.stride);
    MPI_Request requests[4];
    MPI_Irecv(rows[own.first - depth], doubles, MPI_DOUBLE, own.up, 0, MPI_COMM_WORLD, &requests[0]);
    MPI_Irecv(rows[own.last], doubles, MPI_DOUBLE, own.down, 0, MPI_COMM_WORLD, &requests[1]);
    MPI_Isend(rows[own.first], doubles, MPI_DOUBLE, own.up, 0, MPI_COMM_WORLD, &requests[2]);
    MPI_Isend(rows[own.last - depth], doubles, MPI_DOUBLE, own.down, 0, MPI_COMM_WORLD, &requests[3]);
    MPI_Waitall(4, requests, MPI_STATUSES_IGNORE);
}

// start_row sets a row of either field: all of it, or what of it never changes.
template <class Rule, class Start> static void run(Rule rule, Start start_row, long n, long steps) {
    const strip own = strip_of(n);
    const long stride = stride_of(n), depth = std::min(Wavefront<Rule>::best_steps(n / own.ranks), n / own.ranks);
    const long lowest = own.first - depth, rows = own.last - own.first + 2 * depth;
    Rows from = {new_rows(rows, stride) + 1 - lowest * stride, stride};
    Rows to = {new_rows(rows, stride) + 1 - lowest * stride, stride};
    for (long i = std::max(lowest, 0L); i < std::min(lowest + rows, n + 2); i++) {
        start_row(from[i] - 1, i);
        start_row(to[i] - 1, i == 0 ? 0 : n + 1);
    }
    Wavefront<Rule> wavefront(rule, n);
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long s = 0; s < steps; s += depth) {
        exchange(from, depth, own);
        wavefront.advance(from, to, own.first, own.last, (int) std::min(depth, steps - s));
        std::swap(from, to);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    report_strips(MPI_Wtime() - start, from[own.first] - 1, stride, n, own);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: wavefront_mpi diffusion|jacobi N STEPS\n");
        return 2;
    }
    MPI_Init(nullptr, nullptr);
    const long n = atol(argv[2]), steps = atol(argv[3]);
    if (std::string(argv[1]) == "diffusion") {
        const double *peak = diffusion_peaks(n);
        run(Diffusion{diffusion_factor(n)}, [=](double *row, long i) { diffusion_row(row, peak, i, n); }, n, steps);
    } else {
        run(Jacobi{}, [=](double *row, long i) { jacobi_row(row, i, n); }, n, steps);
    }
    MPI_Finalize();
}
