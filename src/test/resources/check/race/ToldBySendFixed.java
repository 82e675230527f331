// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int[] value = {comm.rank()};
    if (comm.rank() == 0) {
        comm.recv(value, Comm.ANY_SOURCE, 0);
        comm.recv(value, Comm.ANY_SOURCE, 0);
    } else if (comm.rank() == 1) {
        comm.ssend(value, 0, 0);
        comm.send(value, 2, 1);
    } else {
        comm.recv(value, 1, 1);
        comm.send(value, 0, 0);
    }
}
