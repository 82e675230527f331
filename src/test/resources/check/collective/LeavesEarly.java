// 2 ranks: a rank that has converged leaves the loop, and the others go on
void rank(Comm comm, String... words) {
    double[] error = {1};
    double[] worst = new double[1];
    for (int step = 0; step < 5; step++) {
        error[0] /= 2 + comm.rank();
        if (error[0] < 0.1) {
            break;
        }
        comm.allreduce(Comm.Op.MAX, error, worst); // here
    }
}
