// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        comm.send(new double[100], 1, 0);
    } else {
        comm.recv(new double[100], 0, 0);
    }
}
