"""mpirun -n RANKS diffusion_mpi4py.py N STEPS: strips of rows, ghost rows exchanged before every step."""
import sys

import numpy as np
from mpi4py import MPI

import fields

comm = MPI.COMM_WORLD
rank, ranks = comm.rank, comm.size
up = rank - 1 if rank > 0 else MPI.PROC_NULL
down = rank + 1 if rank < ranks - 1 else MPI.PROC_NULL

n, steps = map(int, sys.argv[1:3])
first, last = n * rank // ranks, n * (rank + 1) // ranks  # of the interior rows, from 0
p, factor = fields.diffusion_rows(n, first, last + 2)  # with a ghost row above and one below
inside = p[1:-1, 1:-1]
lapl, scratch = np.empty_like(inside), np.empty_like(inside)

comm.Barrier()
start = MPI.Wtime()
for _ in range(steps):
    comm.Sendrecv(p[1], dest=up, recvbuf=p[-1], source=down)
    comm.Sendrecv(p[-2], dest=down, recvbuf=p[0], source=up)
    fields.diffusion_step(p, factor, lapl, scratch)
comm.Barrier()
seconds = MPI.Wtime() - start

sums = comm.gather(fields.row_sums(inside))
largest = comm.reduce(inside.max(), op=MPI.MAX)
middle = comm.reduce(p[n // 2 - first, n // 3] if first < n // 2 <= last else 0.0, op=MPI.SUM)
if rank == 0:
    total = fields.add_in_order(sums)
    print(f"seconds {seconds:.9f} sum {total:.17g} max {largest:.17g} middle {middle:.17g}")
