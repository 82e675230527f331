// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        comm.send(new double[10], 1, 0);
    } else {
        comm.recv(new double[10], 0, 0);
    }
}
