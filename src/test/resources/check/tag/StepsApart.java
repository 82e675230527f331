// 2 ranks: one counts its steps from 1, the other from 0
void rank(Comm comm, String... words) {
    long[] sum = new long[1];
    if (comm.rank() == 0) {
        for (int step = 1; step <= 3; step++) {
            comm.ssend(sum, 1, step); // here
        }
    } else {
        for (int step = 0; step < 3; step++) {
            comm.recv(sum, 0, step); // here
        }
    }
}
