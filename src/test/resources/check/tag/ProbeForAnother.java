// 2 ranks: a probe asks for a tag that nobody sends
void rank(Comm comm, String... words) {
    byte[] text = new byte[16];
    if (comm.rank() == 0) {
        comm.send(text, 1, 4); // here
    } else {
        Comm.Status status = comm.probe(0, 5); // here
        comm.recv(text, status.source(), status.tag());
    }
}
