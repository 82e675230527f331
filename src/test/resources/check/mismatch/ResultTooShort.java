// 2 ranks: the result of a reduction has no room for all of it
void rank(Comm comm, String... words) {
    double[] mine = new double[3];
    double[] sum = new double[1];
    comm.allreduce(Comm.Op.SUM, mine, sum); // here
}
