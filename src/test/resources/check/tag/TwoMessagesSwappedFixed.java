// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] head = new double[1];
    double[] body = new double[10];
    if (comm.rank() == 0) {
        comm.send(head, 1, 1);
        comm.send(body, 1, 2);
    } else {
        comm.recv(head, 0, 1);
        comm.recv(body, 0, 2);
    }
}
