// 3 ranks: a receive from any rank may take the message that another receive names
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    if (comm.rank() == 0) {
        comm.recv(value, Comm.ANY_SOURCE, 0); // here
        comm.recv(value, comm.size() - 1, 1);
        comm.recv(value, Comm.ANY_SOURCE, 0);
    } else if (comm.rank() == 1) {
        comm.send(value, 0, 0); // here
    } else {
        Comm.Request first = comm.isend(value, 0, 0); // here
        comm.send(value, 0, 1);
        first.await();
    }
}
