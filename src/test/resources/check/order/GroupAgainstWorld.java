// 2 ranks: each rank waits in a call of another group than the other
void rank(Comm comm, String... words) {
    int[] value = {comm.rank()};
    try (Comm turned = comm.split(0, -comm.rank())) {
        if (comm.rank() == 0) {
            turned.recv(value, 0, 3); // here
            comm.send(value, 1, 3);
        } else {
            comm.recv(value, 0, 3); // here
            turned.send(value, 1, 3);
        }
    }
}
