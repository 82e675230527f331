// 2 ranks: a prepared exchange that is never closed
void rank(Comm comm, String... words) {
    int peer = 1 - comm.rank();
    Comm.Exchange edges = comm.exchange(java.util.List.of( // here
            Comm.Message.from(peer, java.lang.foreign.MemorySegment.ofArray(new double[4]), 1),
            Comm.Message.to(peer, java.lang.foreign.MemorySegment.ofArray(new double[4]), 1)));
    edges.start();
    edges.await();
}
