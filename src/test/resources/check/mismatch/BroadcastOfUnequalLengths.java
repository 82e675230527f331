// 2 ranks: the ranks name different lengths in a broadcast
void rank(Comm comm, String... words) {
    double[] row = new double[10 + comm.rank()];
    comm.bcast(row, 0); // here
}
