// Snapshots as fast as the file system takes them: RANKS processes write their own rows of N x N doubles
// at their places in one file, SNAPSHOTS times, with no format around the bytes. Cell (i, j) holds i + j.
//   gcc -O3 write.c -o write;  ./write N SNAPSHOTS RANKS DIRECTORY
//
//     file    | snapshot 0                  | snapshot 1                  | ...
//             | rank 0 | rank 1 | rank 2    | rank 0 | rank 1 | rank 2    |
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void writeAll(int file, const char *from, size_t bytes, off_t at) {
    while (bytes > 0) {
        ssize_t done = pwrite(file, from, bytes, at);
        if (done < 0) {
            fail("write: pwrite");
        }
        from += done;
        at += done;
        bytes -= done;
    }
}

// The life of one process: fill the rows, say so, wait for the start, write.
static void rank(const char *path, long n, long snapshots, long from, long to, int ready, int go) {
    double *rows = malloc((to - from) * n * sizeof *rows);
    if (rows == NULL) {
        fail("write: rows");
    }
    for (long i = from; i < to; i++) {
        for (long j = 0; j < n; j++) {
            rows[(i - from) * n + j] = i + j;
        }
    }
    int file = open(path, O_WRONLY);
    char byte = 0;
    if (file < 0 || write(ready, &byte, 1) != 1 || read(go, &byte, 1) != 0) {
        fail("write: start");
    }
    for (long s = 0; s < snapshots; s++) {
        writeAll(file, (const char *) rows, (to - from) * n * sizeof *rows,
                (s * n + from) * n * sizeof *rows);
    }
    if (close(file) != 0) {
        fail("write: close");
    }
    exit(0);
}

int main(int argc, char **argv) {
    if (argc != 5 || atol(argv[3]) < 1) {
        fprintf(stderr, "usage: write N SNAPSHOTS RANKS DIRECTORY\n");
        return 2;
    }
    const long n = atol(argv[1]), snapshots = atol(argv[2]), ranks = atol(argv[3]);
    char path[4096];
    snprintf(path, sizeof path, "%s/snapshots-plain.bin", argv[4]);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0666);
    int ready[2], go[2];
    if (file < 0 || pipe(ready) != 0 || pipe(go) != 0) {
        fail(path);
    }
    for (long r = 0; r < ranks; r++) {
        pid_t child = fork();
        if (child < 0) {
            fail("write: fork");
        }
        if (child == 0) {
            close(go[1]);
            rank(path, n, snapshots, n * r / ranks, n * (r + 1) / ranks, ready[1], go[0]);
        }
    }
    close(ready[1]);
    char byte;
    for (long r = 0; r < ranks; r++) {
        if (read(ready[0], &byte, 1) != 1) {
            fprintf(stderr, "write: a process died before it wrote\n");
            return 1;
        }
    }
    double start = now();
    close(go[1]);  // every process waits for this end of file
    for (long r = 0; r < ranks; r++) {
        int status;
        if (wait(&status) < 0 || status != 0) {
            fprintf(stderr, "write: a process failed\n");
            return 1;
        }
    }
    double written = now() - start;
    fsync(file);
    double seconds = now() - start;

    double *row = malloc(n * sizeof *row), sum = 0;
    if (row == NULL) {
        fail("write: row");
    }
    for (long i = 0; i < snapshots * n; i++) {
        if (pread(file, row, n * sizeof *row, i * n * sizeof *row) != (ssize_t) (n * sizeof *row)) {
            fail("write: reading back");
        }
        for (long j = 0; j < n; j++) {
            sum += row[j];
        }
    }
    free(row);
    close(file);
    unlink(path);
    printf("seconds %.9f written %.9f bytes %ld sum %.17g\n", seconds, written,
            snapshots * n * n * (long) sizeof(double), sum);
}
