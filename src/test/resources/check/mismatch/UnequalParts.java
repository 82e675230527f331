// 3 ranks: a gather of rows that are not all as long
void rank(Comm comm, String... words) {
    int rows = comm.rank() == 2 ? 3 : 4;
    double[] mine = new double[rows];
    double[] all = new double[4 * comm.size()];
    comm.gather(mine, all, 0); // here
}
