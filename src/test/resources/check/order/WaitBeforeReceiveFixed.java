// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] out = new double[100];
    double[] in = new double[100];
    int peer = 1 - comm.rank();
    Comm.Request sent = comm.isend(out, peer, 2);
    comm.recv(in, peer, 2);
    sent.await();
}
