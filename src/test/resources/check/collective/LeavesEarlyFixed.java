// 2 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    double[] error = {1};
    double[] worst = new double[1];
    for (int step = 0; step < 5; step++) {
        error[0] /= 2 + comm.rank();
        comm.allreduce(Comm.Op.MAX, error, worst);
        if (worst[0] < 0.1) {
            break;
        }
    }
}
