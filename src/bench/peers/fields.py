"""The starting fields of the NumPy peers, and the values every peer prints for comparison."""
import numpy as np


def diffusion_rows(n, first=0, last=None):
    """Rows first..last (exclusive) of the n x n interior between its zero boundary, and the step's factor."""
    last = n + 2 if last is None else last
    d, x1, x2 = 1.0, -10.0, 10.0
    dx = (x2 - x1) / n
    dt = 0.25 * (dx * dx) / d
    x = x1 + ((np.arange(n + 2) - 1.0) * (x2 - x1)) / n
    peak = 1 - abs(1 - 4 * abs((x - (x1 + x2) / 2) / (x2 - x1)))
    peak[0] = peak[n + 1] = 0.0
    return np.multiply.outer(peak[first:last], peak), (d / (dx * dx)) * dt


def diffusion_step(p, factor, lapl, scratch):
    """The step without a new array: lapl and scratch are as large as the interior."""
    inside = p[1:-1, 1:-1]
    np.add(p[2:, 1:-1], p[:-2, 1:-1], out=lapl)
    lapl += p[1:-1, 2:]
    lapl += p[1:-1, :-2]
    lapl -= np.multiply(4, inside, out=scratch)
    lapl *= factor
    inside += lapl


def jacobi(n):
    """The field of the five-point average: 1 above the first row, 0 elsewhere."""
    p = np.zeros((n + 2, n + 2))
    p[0] = 1.0
    return p


def add_in_order(parts):
    """Adds from the first value to the last, as a plain loop would: NumPy's own sum adds in another order."""
    total = 0.0
    for part in parts:
        total = np.add.accumulate(np.concatenate(([total], part)))[-1]
    return total


def row_sums(rows):
    """Each row from left to right."""
    return [add_in_order([row]) for row in rows]


def report(seconds, p):
    """Prints the values of a whole field with its boundary."""
    n = len(p) - 2
    interior = p[1:-1, 1:-1]
    print(f"seconds {seconds:.9f} sum {add_in_order([row_sums(interior)]):.17g} max {interior.max():.17g}"
          f" middle {p[n // 2, n // 3]:.17g}")
