// 2 ranks: each waits for its send to be received before it receives
void rank(Comm comm, String... words) {
    double[] out = new double[100];
    double[] in = new double[100];
    int peer = 1 - comm.rank();
    Comm.Request sent = comm.isend(out, peer, 2);
    sent.await(); // here
    comm.recv(in, peer, 2);
}
