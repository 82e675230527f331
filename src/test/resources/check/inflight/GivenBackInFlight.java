// 2 ranks: memory is given back before the send is waited for
import java.lang.foreign.Arena;

void rank(Comm comm, String... words) {
    if (comm.rank() == 0) {
        Comm.Request going;
        try (Arena arena = Arena.ofConfined()) {
            going = comm.isend(arena.allocate(16), 1, 0); // here
        }
        going.await(); // here
    } else {
        comm.recv(new byte[16], 0, 0);
    }
}
