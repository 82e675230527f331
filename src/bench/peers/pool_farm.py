"""python3 pool_farm.py [TASKS]: microseconds a task that does nothing, by Python's ways to farm tasks out.

Two workers each, without the time it takes to start them. Not in peers.list: it computes nothing to be compared.
By itself it times multiprocessing.Pool and concurrent.futures.ProcessPoolExecutor; mpi4py's executor needs a launcher:

    python3 pool_farm.py 10000
    mpirun -n 3 python3 -m mpi4py.futures pool_farm.py 10000
"""
import concurrent.futures
import multiprocessing
import os
import sys
import time

WORKERS = 2


def task(index):
    return 0


def pool(tasks):
    with multiprocessing.Pool(WORKERS) as workers:
        return timed(tasks, lambda indices: workers.imap_unordered(task, indices, chunksize=1))


def executor(tasks):
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as workers:
        return timed(tasks, lambda indices: workers.map(task, indices, chunksize=1))


def mpi(tasks):
    from mpi4py.futures import MPIPoolExecutor
    with MPIPoolExecutor() as workers:
        workers.bootup(wait=True)
        return timed(tasks, lambda indices: workers.map(task, indices, chunksize=1, unordered=True))


def timed(tasks, farm):
    """Microseconds a task; the workers have started when they have done some."""
    list(farm(range(20 * WORKERS)))
    start = time.perf_counter()
    results = list(farm(range(tasks)))
    seconds = time.perf_counter() - start
    assert results == [0] * tasks
    return seconds / tasks * 1e6


def launched():
    return any(name in os.environ for name in ("OMPI_COMM_WORLD_SIZE", "PMI_SIZE"))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
    ways = {"mpi4py.futures.MPIPoolExecutor": mpi} if launched() else {
        "multiprocessing.Pool.imap_unordered": pool, "concurrent.futures.ProcessPoolExecutor": executor}
    for name, way in ways.items():
        print(f"{name} {way(count):.1f} us a task", flush=True)
