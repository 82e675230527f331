package ghostrow.app.small;

import ghostrow.comm.Comm;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.SpmdOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Every rank tells its left neighbour who it is: the smallest program that needs all ranks. */
public final class Ring implements App {
    private static final int TAG = 13;

    private final SpmdOptions spmd = new SpmdOptions();

    private final List<String> commandLine;

    public Ring(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Every rank sends its number to its left neighbour.");
        spmd.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        Job.of(spmd, commandLine).run(Ring::rank);
        return 0;
    }

    private static void rank(Comm comm) {
        int rank = comm.rank();
        int size = comm.size();
        int left = (rank + size - 1) % size;
        int right = (rank + 1) % size;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_INT, rank);
            MemorySegment neighbour = arena.allocate(ValueLayout.JAVA_INT);
            comm.sendrecv(mine, left, TAG, neighbour, right, TAG);

            // Ranks that print for themselves come out in any order; one that prints for all keeps it.
            MemorySegment neighbours = arena.allocate(ValueLayout.JAVA_INT, rank == 0 ? size : 0);
            comm.gather(neighbour, neighbours, 0);
            for (int r = 0; rank == 0 && r < size; r++) {
                System.out.println("I am rank " + r + "; my right neighbour is "
                        + neighbours.getAtIndex(ValueLayout.JAVA_INT, r));
            }
        }
    }
}
