// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        comm.sendObject("hello", 1, 0);
    } else {
        comm.recvObject(0, 0);
    }
}
