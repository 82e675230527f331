"""The points of the Mandelbrot plane; the accumulated rounding of the coordinates is part of the case."""


def axes(width):
    x1, x2, y1, y2 = -2.13, 0.77, -1.3, 1.3
    x_step, y_step = (x2 - x1) / width * 2, (y1 - y2) / width * 2
    xs, ys = [], []
    x = x1
    while x < x2:
        xs.append(x)
        x += x_step
    y = y2
    while y > y1:
        ys.append(y)
        y += y_step
    return xs, ys


def report(seconds, total, points):
    print("seconds %.9f sum %d points %d" % (seconds, total, points))
