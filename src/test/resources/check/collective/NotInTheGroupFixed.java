// 4 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    try (Comm part = comm.split(comm.rank() % 2, comm.rank())) {
        part.barrier();
    }
}
