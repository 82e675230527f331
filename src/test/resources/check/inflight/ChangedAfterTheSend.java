// 2 ranks: what is sent is changed before the wait
void rank(Comm comm, String... words) {
    long[] row = new long[4];
    if (comm.rank() == 0) {
        Comm.Request going = comm.isend(row, 1, 0); // here
        row[2] += 7; // here
        going.await();
    } else {
        comm.recv(row, 0, 0);
    }
}
