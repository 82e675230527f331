// Every rank tells its left neighbour who it is.
void rank(Comm comm, String... words) {
    int left = (comm.rank() + comm.size() - 1) % comm.size();
    int right = (comm.rank() + 1) % comm.size();
    int[] mine = {comm.rank()};
    int[] neighbour = new int[1];

    comm.sendrecv(mine, left, 0, neighbour, right, 0);

    IO.println("I am rank " + comm.rank() + " of " + comm.size() + "; my right neighbour is "
            + neighbour[0]);
}
