// 3 ranks: two messages are received into the same array at the same time
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    if (comm.rank() == 0) {
        Comm.Request first = comm.irecv(value, 1, 0); // here
        Comm.Request second = comm.irecv(value, 2, 0); // here
        first.await();
        second.await();
    } else {
        comm.send(value, 0, 0);
    }
}
