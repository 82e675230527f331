// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    int[] other = new int[1];
    if (comm.rank() == 0) {
        Comm.Request first = comm.irecv(value, 1, 0);
        Comm.Request second = comm.irecv(other, 2, 0);
        first.await();
        second.await();
    } else {
        comm.send(value, 0, 0);
    }
}
