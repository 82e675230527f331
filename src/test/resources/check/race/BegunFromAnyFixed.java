// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] one = new double[1];
    double[] other = new double[1];
    if (comm.rank() == 0) {
        Comm.Request first = comm.irecv(one, 1, 0);
        comm.recv(other, 2, 0);
        first.await();
    } else if (comm.rank() == 1) {
        comm.send(one, 0, 0);
    } else {
        comm.send(other, 0, 0);
    }
}
