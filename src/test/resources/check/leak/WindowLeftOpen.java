// 3 ranks: shared memory that is never closed
import java.lang.foreign.ValueLayout;

void rank(Comm comm, String... words) {
    Comm.Window window = comm.window(8L * comm.size()).orElseThrow(); // here
    window.segment().setAtIndex(ValueLayout.JAVA_LONG, comm.rank(), comm.rank());
    window.fence();
}
