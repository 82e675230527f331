"""jacobi_plain.py N STEPS: the five-point average in plain Python, for PyPy."""
import sys
import time


def step(p, following, n):
    for i in range(1, n + 1):
        above, row, below, result = p[i - 1], p[i], p[i + 1], following[i]
        for j in range(1, n + 1):
            result[j] = 0.2 * (row[j] + row[j - 1] + row[j + 1] + above[j] + below[j])


def main(n, steps):
    p = [[1.0] * (n + 2)] + [[0.0] * (n + 2) for _ in range(n + 1)]
    following = [list(row) for row in p]

    start = time.perf_counter()
    for _ in range(steps):
        step(p, following, n)
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
