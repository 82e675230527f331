// 4 ranks: a group that is never closed
void rank(Comm comm, String... words) {
    Comm half = comm.split(comm.rank() / 2, comm.rank()); // here
    half.barrier();
}
