// 3 ranks: objects from any rank, in whatever order they come
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i < comm.size(); i++) {
            all.append(comm.recvObject(Comm.ANY_SOURCE, 0)); // here
        }
    } else {
        comm.sendObject("rank " + comm.rank(), 0, 0); // here
    }
}
