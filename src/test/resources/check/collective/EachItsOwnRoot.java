// 3 ranks: each rank takes itself for the root
void rank(Comm comm, String... words) {
    int[] size = {100};
    comm.bcast(size, comm.rank()); // here
}
