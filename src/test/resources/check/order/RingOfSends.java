// 4 ranks: a ring in which each sends to its right before it receives
void rank(Comm comm, String... words) {
    int right = (comm.rank() + 1) % comm.size();
    int left = (comm.rank() + comm.size() - 1) % comm.size();
    long[] token = {comm.rank()};
    comm.send(token, right, 3); // here
    comm.recv(token, left, 3);
}
