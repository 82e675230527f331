static final int SIZE = 200, STEPS = 200, SHOTS = 11;
static final double DX = 20.0 / SIZE, DT = 0.25 * (DX * DX), FACTOR = 1 / (DX * DX) * DT;

double peaks(long i) { // up and down twice from one side to the other
    return 1 - Math.abs(1 - 4 * Math.abs((i * 20.0 / SIZE - 10) / 20));
}

void fill(Field field) {
    for (long row = 1; row <= field.count(); row++)
        for (long column = 1; column <= SIZE; column++)
            field.set(row, column, peaks(field.strip().offset() + row - 1) * peaks(column - 1));
}

void step(Field now, Field next) {
    for (long r = 1; r <= now.count(); r++)
        for (long c = 1; c <= SIZE; c++)
            next.set(r, c, now.get(r, c) + FACTOR * (now.get(r + 1, c) + now.get(r - 1, c)
                    + now.get(r, c + 1) + now.get(r, c - 1) - 4 * now.get(r, c)));
}

void rank(Comm comm, String... words) throws IOException {
    boolean again = List.of(words).contains("--restart");
    Strip strip = Strip.of(SIZE, comm.size(), comm.rank());
    Arena memory = Arena.ofAuto();
    Field now = new Field(strip, SIZE, 1, memory), next = new Field(strip, SIZE, 1, memory);
    try (GhostRows ghosts = new GhostRows(comm, 1, false, now, next);
            Film film = Film.of(comm, Path.of("out/heat.vtkhdf"), "heat", now, DX, SHOTS, STEPS * DT, again)) {
        film.begin(now, () -> fill(now));
        while (film.taken() < SHOTS) {
            for (int step = 0; step < STEPS; step += 2) { // two at a time: the last is in 'now'
                ghosts.exchange(now);
                step(now, next);
                ghosts.exchange(next);
                step(next, now);
            }
            film.take(now);
        }
        film.draw();
    }
}
