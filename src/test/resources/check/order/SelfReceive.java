// 2 ranks: a rank waits for a message of its own before it sends it
void rank(Comm comm, String... words) {
    double[] in = new double[1];
    double[] out = {1};
    comm.recv(in, comm.rank(), 1); // here
    comm.isend(out, comm.rank(), 1).await();
}
