// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    int rows = comm.rank() == 2 ? 3 : 4;
    double[] mine = new double[rows];
    double[] all = new double[11];
    comm.gatherv(mine, all, new int[] {4, 4, 3}, 0);
}
