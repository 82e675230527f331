// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] mine = new double[3];
    double[] sum = new double[3];
    comm.allreduce(Comm.Op.SUM, mine, sum);
}
