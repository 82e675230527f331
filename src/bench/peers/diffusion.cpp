// The diffusion course code's algorithm: a sweep that stores the Laplacian, then a sweep that applies it.
//   g++ -O3 diffusion.cpp -o diffusion;  ./diffusion N STEPS
// prints the seconds of stepping alone, points per second, and sum, maximum and value (n/2, n/3) to compare.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

int main(int argc, char **argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: diffusion N STEPS\n");
        return 2;
    }
    const int n = std::atoi(argv[1]), steps = std::atoi(argv[2]);
    const double D = 1.0, x1 = -10.0, x2 = 10.0, dx = (x2 - x1) / n, dt = 0.25 * (dx * dx) / D;

    std::vector<std::vector<double>> density(n + 2, std::vector<double>(n + 2)), lapl(density);
    auto peak = [&](int i) {
        double x = x1 + ((i - 1) * (x2 - x1)) / n;
        return 1 - std::fabs(1 - 4 * std::fabs((x - (x1 + x2) / 2) / (x2 - x1)));
    };
    for (int i = 1; i <= n; i++) {
        for (int j = 1; j <= n; j++) {
            density[i][j] = peak(i) * peak(j);
        }
    }
    auto start = std::chrono::steady_clock::now();
    for (int s = 0; s < steps; s++) {
        for (int i = 1; i <= n; i++) {
            for (int j = 1; j <= n; j++) {
                lapl[i][j] = density[i + 1][j] + density[i - 1][j] + density[i][j + 1] + density[i][j - 1]
                        - 4 * density[i][j];
            }
        }
        for (int i = 1; i <= n; i++) {
            for (int j = 1; j <= n; j++) {
                density[i][j] += ((D / (dx * dx)) * dt) * lapl[i][j];
            }
        }
    }
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    double sum = 0, most = 0;
    for (int i = 1; i <= n; i++) {
        double row = 0;
        for (int j = 1; j <= n; j++) {
            row += density[i][j];
            most = std::max(most, density[i][j]);
        }
        sum += row;
    }
    std::printf("seconds %.6f Gpoints/s %.3f sum %.17g max %.17g middle %.17g\n", seconds,
            (double) n * n * steps / seconds / 1e9, sum, most, density[n / 2][n / 3]);
}
