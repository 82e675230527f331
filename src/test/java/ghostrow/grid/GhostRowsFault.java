package ghostrow.grid;

import ghostrow.comm.Comm;
import ghostrow.spmd.Setting;
import java.lang.foreign.Arena;

/**
 * A program in which one rank has sent for its neighbours' rows and throws, while they have sent for nothing yet and
 * wait for it in a barrier.
 *
 * <p>Usage: {@code GhostRowsFault --transport NAME --ranks N}
 */
public final class GhostRowsFault {
    private static final int COLUMNS = 1000;
    private static final int DEPTH = 10;

    private GhostRowsFault() {
    }

    public static void main(String[] args) {
        Setting.find(args[1]).run(Integer.parseInt(args[3]), GhostRowsFault::run);
    }

    private static void run(Comm comm) {
        Strip strip = Strip.of(100L * comm.size(), comm.size(), comm.rank());
        try (Arena arena = Arena.ofShared()) {
            Field now = new Field(strip, COLUMNS, DEPTH, arena);
            Field next = new Field(strip, COLUMNS, DEPTH, arena);
            try (GhostRows ghosts = new GhostRows(comm, DEPTH, false, now, next)) {
                comm.barrier();
                if (comm.rank() == comm.size() / 2) {
                    ghosts.start(next);
                    throw new IllegalStateException("a step went wrong");
                }
                comm.barrier();
            }
        }
    }
}
