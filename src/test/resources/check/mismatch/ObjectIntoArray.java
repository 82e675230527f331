// 2 ranks: an object is sent, and received as an array
void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        comm.sendObject("hello", 1, 0); // here
    } else {
        comm.recv(new byte[100], 0, 0); // here
    }
}
