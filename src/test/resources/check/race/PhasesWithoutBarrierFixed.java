// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    long[] value = new long[1];
    if (comm.rank() == 0) {
        comm.recv(value, Comm.ANY_SOURCE, 0);
        comm.barrier();
        comm.recv(value, 2, 0);
    } else if (comm.rank() == 1) {
        comm.send(value, 0, 0);
        comm.barrier();
    } else {
        comm.barrier();
        comm.send(value, 0, 0);
    }
}
