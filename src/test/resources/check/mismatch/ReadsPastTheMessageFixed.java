// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] row = new double[10];
    if (comm.rank() == 0) {
        comm.send(new double[] {1, 2, 3, 4, 5, 6}, 1, 0);
    } else {
        Comm.Status status = comm.recv(row, 0, 0);
        double sum = 0;
        for (int i = 0; i < status.bytes() / Double.BYTES; i++) {
            sum += row[i];
        }
        IO.print(sum > 100 ? "?" : "");
    }
}
