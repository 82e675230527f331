// 4 ranks: a grid of ranks that is never closed
void rank(Comm comm, String... words) {
    Cartesian grid = comm.cartesian(new int[] {2, 2}).orElseThrow(); // here
    grid.comm().barrier();
}
