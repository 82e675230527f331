// 4 ranks: only the even ranks make the group, which all must
void rank(Comm comm, String... words) {
    if (comm.rank() % 2 == 0) {
        try (Comm even = comm.split(0, comm.rank())) { // here
            even.barrier();
        }
    }
}
