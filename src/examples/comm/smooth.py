from mpi4py import MPI
import numpy as np

ring = MPI.COMM_WORLD.Create_cart([MPI.COMM_WORLD.size], [True])
left, right = ring.Shift(0, 1)
n = 12 // ring.size
all = 8.0 * np.arange(12) ** 2
a = np.zeros(n + 2)
b = np.zeros(n + 2)
ring.Scatter(all, a[1:-1], root=0)

ring.Sendrecv(a[1:2], left, 0, a[-1:], right, 0)
ring.Sendrecv(a[-2:-1], right, 1, a[:1], left, 1)
b[1:-1] = (a[:-2] + 2 * a[1:-1] + a[2:]) / 4

MPI.Request.Waitall([ring.Irecv(b[:1], left, 1), ring.Irecv(b[-1:], right, 0),
                     ring.Isend(b[1:2], left, 0), ring.Isend(b[-2:-1], right, 1)])
a[1:-1] = (b[:-2] + 2 * b[1:-1] + b[2:]) / 4

sum = ring.reduce(a[1:-1].sum(), MPI.SUM, root=0)
ring.Gather(a[1:-1], all, root=0)
if ring.rank == 0:
    print(f"sum {sum} of {all.tolist()}")
