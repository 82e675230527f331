// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] in = new double[1];
    double[] out = {1};
    comm.sendrecv(out, comm.rank(), 1, in, comm.rank(), 1);
}
