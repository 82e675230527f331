// 3 ranks: of several requests only the last is waited for
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        Comm.Request request = null;
        for (int to = 1; to < comm.size(); to++) {
            request = comm.isend(new int[] {to}, to, 0); // here
        }
        request.await();
    } else {
        comm.recv(new int[1], 0, 0);
    }
}
