// 3 ranks: the same, as it should be
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i < comm.size(); i++) {
            all.append(comm.recvObject(i, 0));
        }
    } else {
        comm.sendObject("rank " + comm.rank(), 0, 0);
    }
}
