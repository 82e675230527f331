// 2 ranks: the row next to the edge is stepped while the ghost row comes
void rank(Comm comm, String... words) {
    int peer = 1 - comm.rank();
    double[] ghost = new double[8];
    double[] edge = new double[8];
    double[] next = new double[8];
    for (int step = 0; step < 3; step++) {
        Comm.Request coming = comm.irecv(ghost, peer, step); // here
        Comm.Request going = comm.isend(edge, peer, step);
        for (int i = 0; i < 8; i++) {
            next[i] = (edge[i] + ghost[i]) / 2; // here
        }
        coming.await();
        going.await();
        System.arraycopy(next, 0, edge, 0, 8);
    }
}
