// 4 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    try (Comm half = comm.split(comm.rank() / 2, comm.rank())) {
        half.barrier();
    }
}
