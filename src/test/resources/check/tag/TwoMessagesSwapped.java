// 2 ranks: the second message is asked for first
void rank(Comm comm, String... words) {
    double[] head = new double[1];
    double[] body = new double[10];
    if (comm.rank() == 0) {
        comm.send(head, 1, 1); // here
        comm.send(body, 1, 2);
    } else {
        comm.recv(body, 0, 2); // here
        comm.recv(head, 0, 1);
    }
}
