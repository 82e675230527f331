// 2 ranks: the root expects less of a rank than that gives
void rank(Comm comm, String... words) {
    int[] lengths = {2, 2};
    int[] mine = new int[2 + comm.rank()];
    comm.gatherv(mine, new int[4], lengths, 0); // here
}
