// 2 ranks: a barrier and a broadcast in another order
void rank(Comm comm, String... words) {
    double[] values = new double[4];
    if (comm.rank() == 0) {
        comm.barrier(); // here
        comm.bcast(values, 0);
    } else {
        comm.bcast(values, 0); // here
        comm.barrier();
    }
}
