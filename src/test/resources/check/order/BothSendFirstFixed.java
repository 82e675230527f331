// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int[] mine = {comm.rank()};
    int[] other = new int[1];
    int peer = 1 - comm.rank();
    if (comm.rank() == 0) {
        comm.send(mine, peer, 0);
        comm.recv(other, peer, 0);
    } else {
        comm.recv(other, peer, 0);
        comm.send(mine, peer, 0);
    }
}
