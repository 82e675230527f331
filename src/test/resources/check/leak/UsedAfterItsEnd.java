// 4 ranks: a group is used after it was closed
void rank(Comm comm, String... words) {
    Comm half = comm.split(comm.rank() / 2, comm.rank()); // here
    half.close();
    half.barrier(); // here
}
