// 2 ranks: a request is tested once, and then forgotten
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    if (comm.rank() == 0) {
        Comm.Request coming = comm.irecv(value, 1, 0); // here
        if (!coming.test()) {
            IO.print("");
        }
        comm.barrier();
    } else {
        comm.barrier();
        comm.send(value, 0, 0);
    }
}
