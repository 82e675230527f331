// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] row = new double[4];
    if (comm.rank() == 0) {
        comm.send(new double[] {1, 2, 3, 4}, 1, 0);
    } else {
        Comm.Request coming = comm.irecv(row, 0, 0);
        coming.await();
        double first = row[0];
        IO.print(first > 5 ? "?" : "");
    }
}
