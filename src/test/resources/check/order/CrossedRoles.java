// 3 ranks: each of three waits for the one before it
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    int before = (comm.rank() + 2) % 3;
    int after = (comm.rank() + 1) % 3;
    comm.recv(value, before, 5); // here
    comm.send(value, after, 5);
}
