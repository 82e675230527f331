"""Evaluates formulas with NumPy.

usage: reference.py DIRECTORY

DIRECTORY/formulas has one formula a line; the operands are the raw files a, b, c (float64),
i, j (int64), s, t (bool). Writes DIRECTORY/results: for each formula the letter d, l or b, and
the result's values as float64, int64 or bytes; a reduction's is repeated.
"""
import os
import sys

import numpy as np

NAMES = "where sin cos tan arcsin arccos arctan arctan2 sinh cosh tanh arcsinh arccosh arctanh " \
        "log log10 log1p exp expm1 sqrt abs pi e sum prod min max mean any all"


def multiplied(x, n):
    """A whole power by repeated squaring, the way NumExpr multiplies it out."""
    result, square, rest = None, x, abs(n)
    while rest:
        if rest & 1:
            result = square if result is None else result * square
        square = square * square
        rest >>= 1
    return 1 / result if n < 0 else result


def main(directory):
    here = {name: getattr(np, name) for name in NAMES.split()}
    here["multiplied"] = multiplied
    here["count"] = np.count_nonzero
    for names, kind in (("abc", np.float64), ("ij", np.int64), ("st", np.bool_)):
        for name in names:
            here[name] = np.fromfile(os.path.join(directory, name), dtype=kind)
    length = len(here["a"])
    np.seterr(all="ignore")
    with open(os.path.join(directory, "formulas")) as formulas, \
            open(os.path.join(directory, "results"), "wb") as results:
        for line in formulas:
            value = np.broadcast_to(eval(line, {"__builtins__": {}}, here), length)
            letter, kind = {"f": (b"d", np.float64), "i": (b"l", np.int64), "b": (b"b", np.uint8)}[value.dtype.kind]
            results.write(letter)
            results.write(np.ascontiguousarray(value).astype(kind).tobytes())


main(sys.argv[1])
