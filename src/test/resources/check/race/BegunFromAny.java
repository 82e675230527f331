// 3 ranks: a receive that is begun before, from any rank
void rank(Comm comm, String... words) {
    double[] one = new double[1];
    double[] other = new double[1];
    if (comm.rank() == 0) {
        Comm.Request first = comm.irecv(one, Comm.ANY_SOURCE, 0); // here
        comm.recv(other, 2, 0);
        first.await();
    } else if (comm.rank() == 1) {
        comm.send(one, 0, 0); // here
    } else {
        comm.send(other, 0, 0); // here
    }
}
