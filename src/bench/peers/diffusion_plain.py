"""diffusion_plain.py N STEPS: the diffusion step in plain Python, for PyPy."""
import sys
import time


def step(p, following, n, factor):
    for i in range(1, n + 1):
        above, row, below, result = p[i - 1], p[i], p[i + 1], following[i]
        for j in range(1, n + 1):
            lapl = below[j] + above[j] + row[j + 1] + row[j - 1] - 4 * row[j]
            result[j] = row[j] + factor * lapl


def main(n, steps):
    d, x1, x2 = 1.0, -10.0, 10.0
    dx = (x2 - x1) / n
    dt = 0.25 * (dx * dx) / d
    factor = (d / (dx * dx)) * dt
    peak = [0.0] * (n + 2)
    for i in range(1, n + 1):
        x = x1 + ((i - 1) * (x2 - x1)) / n
        peak[i] = 1 - abs(1 - 4 * abs((x - (x1 + x2) / 2) / (x2 - x1)))
    p = [[a * b for b in peak] for a in peak]
    following = [[0.0] * (n + 2) for _ in range(n + 2)]

    start = time.perf_counter()
    for _ in range(steps):
        step(p, following, n, factor)
        p, following = following, p
    seconds = time.perf_counter() - start

    total = 0.0
    for row in p[1:-1]:
        of_row = 0.0
        for cell in row[1:-1]:
            of_row += cell
        total += of_row
    largest = max(max(row[1:-1]) for row in p[1:-1])
    print("seconds %.9f sum %.17g max %.17g middle %.17g" % (seconds, total, largest, p[n // 2][n // 3]))


main(int(sys.argv[1]), int(sys.argv[2]))
