// 3 ranks: only the root calls the reduction
void rank(Comm comm, String... words) {
    double[] mine = {comm.rank()};
    double[] sum = new double[1];
    if (comm.rank() == 0) {
        comm.reduce(Comm.Op.SUM, mine, sum, 0); // here
    }
}
