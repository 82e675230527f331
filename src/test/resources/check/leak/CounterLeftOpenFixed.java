// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    try (Comm.Counter next = comm.counter()) {
        while (next.getAndAdd(1) < 5) {
            IO.print("");
        }
    }
}
