// 2 ranks: one asks for the sum, the other for the largest
void rank(Comm comm, String... words) {
    long[] mine = {comm.rank()};
    long[] result = new long[1];
    if (comm.rank() == 0) {
        comm.allreduce(Comm.Op.SUM, mine, result); // here
    } else {
        comm.allreduce(Comm.Op.MAX, mine, result); // here
    }
}
