// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    if (comm.rank() == 0) {
        Comm.Request coming = comm.irecv(value, 1, 0);
        if (!coming.test()) {
            IO.print("");
        }
        comm.barrier();
        coming.await();
    } else {
        comm.barrier();
        comm.send(value, 0, 0);
    }
}
