// 2 ranks: memory outside of the heap is changed while it is sent
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

void rank(Comm comm, String... words) {
    try (Arena arena = Arena.ofShared()) {
        MemorySegment row = arena.allocate(64, 8);
        if (comm.rank() == 0) {
            Comm.Request going = comm.isend(row, 1, 0); // here
            row.setAtIndex(ValueLayout.JAVA_DOUBLE, 3, 0.5); // here
            going.await();
        } else {
            comm.recv(row, 0, 0);
        }
    }
}
