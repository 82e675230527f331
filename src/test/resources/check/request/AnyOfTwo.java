// 3 ranks: of two receives only the first to come is waited for
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        Comm.Request[] coming = new Comm.Request[2];
        for (int i = 0; i < 2; i++) {
            coming[i] = comm.irecv(new long[1], i + 1, 0); // here
        }
        comm.awaitAny(coming);
    } else {
        comm.send(new long[1], 0, 0);
    }
}
