// 2 ranks: a rank receives once more than the other sends
void rank(Comm comm, String... words) {
    int[] value = new int[1];
    if (comm.rank() == 0) {
        for (int i = 0; i < 3; i++) {
            comm.send(value, 1, i);
        }
    } else {
        for (int i = 0; i <= 3; i++) {
            comm.recv(value, 0, i); // here
        }
    }
}
