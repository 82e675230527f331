// 2 ranks: the last of some messages is not received
void rank(Comm comm, String... words) {
    int count = 3;
    if (comm.rank() == 0) {
        Comm.Request[] sent = new Comm.Request[count];
        for (int i = 0; i < count; i++) {
            sent[i] = comm.isend(new long[] {i}, 1, i); // here
        }
        comm.barrier();
        for (Comm.Request each : sent) {
            each.test();
        }
    } else {
        for (int i = 0; i < count - 1; i++) {
            comm.recv(new long[1], 0, i);
        }
        comm.barrier();
    }
}
