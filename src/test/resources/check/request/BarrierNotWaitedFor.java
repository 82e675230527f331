// 3 ranks: a barrier without waiting that nobody waits for
void rank(Comm comm, String... words) {
    comm.ibarrier(); // here
    comm.barrier();
}
