// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    if (comm.rank() == 0) {
        comm.recv(value, 1, 0);
        comm.recv(value, comm.size() - 1, 1);
        comm.recv(value, 2, 0);
    } else if (comm.rank() == 1) {
        comm.send(value, 0, 0);
    } else {
        Comm.Request first = comm.isend(value, 0, 0);
        comm.send(value, 0, 1);
        first.await();
    }
}
