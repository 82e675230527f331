// 3 ranks: a rank says that it has sent, which does not say that this was received
void rank(Comm comm, String... words) {
    int[] value = {comm.rank()};
    if (comm.rank() == 0) {
        comm.recv(value, Comm.ANY_SOURCE, 0); // here
        comm.recv(value, Comm.ANY_SOURCE, 0);
    } else if (comm.rank() == 1) {
        comm.send(value, 0, 0); // here
        comm.send(value, 2, 1);
    } else {
        comm.recv(value, 1, 1);
        comm.send(value, 0, 0); // here
    }
}
