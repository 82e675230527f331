// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int peer = 1 - comm.rank();
    long[] now = new long[2];
    long[] next = new long[2];
    long[] in = new long[2];
    Comm.Request going = null;
    for (int step = 0; step < 4; step++) {
        now[0] = step;
        Comm.Request started = comm.isend(now, peer, 0);
        comm.recv(in, peer, 0);
        if (going != null) {
            going.await();
        }
        going = started;
        long[] swap = now;
        now = next;
        next = swap;
    }
    going.await();
}
