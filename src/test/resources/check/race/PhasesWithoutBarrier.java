// 3 ranks: messages of the second phase may come in the first
void rank(Comm comm, String... words) {
    long[] value = new long[1];
    if (comm.rank() == 0) {
        comm.recv(value, Comm.ANY_SOURCE, 0); // here
        comm.recv(value, 2, 0);
    } else if (comm.rank() == 1) {
        comm.send(value, 0, 0); // here
    } else {
        comm.send(value, 0, 0); // here
    }
}
