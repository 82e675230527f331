// 2 ranks: a rank sends what another receives only behind the barrier
void rank(Comm comm, String... words) {
    long[] value = {1};
    if (comm.rank() == 0) {
        comm.send(value, 1, 0); // here
        comm.barrier();
    } else {
        comm.barrier(); // here
        comm.recv(value, 0, 0);
    }
}
