// 3 ranks: the root takes whichever message comes first for that of rank 1
void rank(Comm comm, String... words) {
    double[] part = {comm.rank()};
    if (comm.rank() == 0) {
        double[] all = new double[3];
        for (int i = 1; i < 3; i++) {
            comm.recv(part, Comm.ANY_SOURCE, 0); // here
            all[i] = part[0];
        }
    } else {
        comm.send(part, 0, 0); // here
    }
}
