"""mpirun -n RANKS snapshot_h5py.py N SNAPSHOTS DIRECTORY: one HDF5 file, written collectively.

Each rank owns rows of an N x N field and writes them into the (snapshot, row, column) dataset together with
the others. Cell (i, j) holds i + j, as in write.c.
"""
import os
import sys

# A Debian h5py that is installed both ways takes its MPI build for a single rank only when told to.
os.environ["H5PY_ALWAYS_USE_MPI"] = "1"

import h5py
import numpy as np
from mpi4py import MPI

comm = MPI.COMM_WORLD
n, snapshots = map(int, sys.argv[1:3])
path = os.path.join(sys.argv[3], "snapshots-h5py.h5")
first, last = n * comm.rank // comm.size, n * (comm.rank + 1) // comm.size
rows = np.add.outer(np.arange(first, last, dtype=np.float64), np.arange(n))

comm.Barrier()
start = MPI.Wtime()
with h5py.File(path, "w", driver="mpio", comm=comm) as file:
    data = file.create_dataset("density", (snapshots, n, n), dtype="f8")
    for s in range(snapshots):
        with data.collective:
            data[s, first:last] = rows
comm.Barrier()
written = MPI.Wtime() - start

if comm.rank == 0:
    descriptor = os.open(path, os.O_RDWR)
    os.fsync(descriptor)
    os.close(descriptor)
    seconds = MPI.Wtime() - start
    total = 0.0
    os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"
    with h5py.File(path, "r", driver="mpio", comm=MPI.COMM_SELF) as file:
        for s in range(snapshots):
            for i in range(n):
                total += file["density"][s, i].sum()
    os.remove(path)
    print(f"seconds {seconds:.9f} written {written:.9f} bytes {snapshots * n * n * 8} sum {total:.17g}")
