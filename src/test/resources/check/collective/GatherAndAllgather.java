// 2 ranks: one gathers at the root, the other everywhere
void rank(Comm comm, String... words) {
    int[] mine = {comm.rank()};
    int[] all = new int[comm.size()];
    if (comm.rank() == 0) {
        comm.gather(mine, all, 0); // here
    } else {
        comm.allgather(mine, all); // here
    }
}
