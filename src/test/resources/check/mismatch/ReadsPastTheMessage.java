// 2 ranks: the message is shorter than the room, and all of the room is read
void rank(Comm comm, String... words) {
    double[] row = new double[10];
    if (comm.rank() == 0) {
        comm.send(new double[] {1, 2, 3, 4, 5, 6}, 1, 0);
    } else {
        comm.recv(row, 0, 0); // here
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i]; // here
        }
        IO.print(sum > 100 ? "?" : "");
    }
}
