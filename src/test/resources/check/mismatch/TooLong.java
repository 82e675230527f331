// 2 ranks: the message is longer than the room for it
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        comm.send(new double[100], 1, 0); // here
    } else {
        comm.recv(new double[99], 0, 0); // here
    }
}
