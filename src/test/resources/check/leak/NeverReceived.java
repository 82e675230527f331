// 2 ranks: a message that nobody receives
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        comm.isend(new double[3], 1, 9); // here
    }
    comm.barrier();
}
