// 2 ranks: longs are sent, and received as doubles
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        comm.send(new long[10], 1, 0); // here
    } else {
        comm.recv(new double[10], 0, 0); // here
    }
}
