// 4 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int right = (comm.rank() + 1) % comm.size();
    int left = (comm.rank() + comm.size() - 1) % comm.size();
    long[] token = {comm.rank()};
    long[] next = new long[1];
    Comm.Request sent = comm.isend(token, right, 3);
    comm.recv(next, left, 3);
    sent.await();
}
