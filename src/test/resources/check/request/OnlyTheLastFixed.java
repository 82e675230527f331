// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        Comm.Request[] requests = new Comm.Request[comm.size()];
        for (int to = 1; to < comm.size(); to++) {
            requests[to] = comm.isend(new int[] {to}, to, 0);
        }
        comm.awaitAll(requests);
    } else {
        comm.recv(new int[1], 0, 0);
    }
}
