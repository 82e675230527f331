// 3 ranks: a shared number that is never closed
void rank(Comm comm, String... words) {
    Comm.Counter next = comm.counter(); // here
    while (next.getAndAdd(1) < 5) {
        IO.print("");
    }
}
