// 2 ranks: sender and receiver name different tags
void rank(Comm comm, String... words) {
    double[] row = new double[8];
    if (comm.rank() == 0) {
        comm.send(row, 1, 7); // here
    } else {
        comm.recv(row, 0, 8); // here
    }
}
