// 2 ranks: both receive before either sends
void rank(Comm comm, String... words) {
    double[] mine = {comm.rank()};
    double[] other = new double[1];
    int peer = 1 - comm.rank();
    comm.recv(other, peer, 7); // here
    comm.send(mine, peer, 7);
}
