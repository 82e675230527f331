package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** What all ranks of a group do together. */
final class CollectiveChecks {

    private CollectiveChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("barrier waits for every rank", CollectiveChecks::barrier),
                new Check("bcast from every root", CollectiveChecks::bcast),
                new Check("reduction of nothing", CollectiveChecks::reduceNothing),
                new Check("allreduce of single values", CollectiveChecks::singleValues),
                new Check("collectives in close succession", CollectiveChecks::succession),
                new Check("names of the processor and of the library", CollectiveChecks::names));
    }

    /** Ranks leave a trace that does not depend on messages: after a barrier all traces must be there. */
    private static void barrier(Comm comm, Arena arena) throws IOException {
        Path folder = SharedFolder.open(comm);
        for (int round = 0; round < 3; round++) {
            Files.createFile(folder.resolve(round + "." + comm.rank()));
            comm.barrier();
            for (int rank = 0; rank < comm.size(); rank++) {
                same(true, Files.exists(folder.resolve(round + "." + rank)), "arrival of rank " + rank);
            }
        }
        SharedFolder.close(comm, folder);
    }

    private static void bcast(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            for (long size : new long[] {0, 1, 8, 1000, 20_000}) {
                Buffer buffer = Buffer.blank(arena, size);
                if (comm.rank() == root) {
                    buffer.fill(seed(root, size));
                }
                comm.bcast(buffer.bytes(), root);
                buffer.expect(seed(root, size));
            }
        }
    }

    private static void reduceNothing(Comm comm, Arena arena) {
        Buffer mine = Buffer.blank(arena, 0);
        Buffer result = Buffer.blank(arena, 0);
        comm.allreduce(Op.SUM, Type.DOUBLE, mine.bytes(), result.bytes());
        comm.reduce(Op.MAX, Type.LONG, mine.bytes(), result.bytes(), comm.size() - 1);
        result.expectUntouched();
    }

    private static void singleValues(Comm comm, Arena arena) {
        int n = comm.size();
        int rank = comm.rank();
        long large = 1L << 55;
        same(n * large + n * (n - 1) / 2, comm.allreduce(Op.SUM, large + rank), "the sum");
        same(1L - n, comm.allreduce(Op.MIN, (long) -rank), "the smallest");
        same(n - 1L, comm.allreduce(Op.MAX, (long) rank), "the largest");
        same(Long.MIN_VALUE, comm.allreduce(Op.MIN, rank == n - 1 ? Long.MIN_VALUE : 0), "the least of all");
        same(n * 0.5, comm.allreduce(Op.SUM, 0.5), "the sum of halves");
        same(-0.25 * n, comm.allreduce(Op.MIN, -0.25 * (rank + 1)), "the smallest fraction");
        same(-0.25, comm.allreduce(Op.MAX, -0.25 * (rank + 1)), "the largest fraction");
    }

    /**
     * Nothing holds the ranks together between these calls: those of one rank must not meet another's next.
     */
    private static void succession(Comm comm, Arena arena) {
        for (int i = 0; i < 20; i++) {
            int root = i % comm.size();
            Buffer buffer = Buffer.blank(arena, 24);
            if (comm.rank() == root) {
                buffer.fill(seed(i));
            }
            comm.bcast(buffer.bytes(), root);
            buffer.expect(seed(i));
            same((long) i * comm.size(), comm.allreduce(Op.SUM, (long) i), "sum " + i);
            PartChecks.gatherv(comm, arena, LongStream.range(0, comm.size()).map(rank -> rank * 8).toArray(), root);
        }
    }

    private static void names(Comm comm, Arena arena) {
        same(false, comm.processorName().isBlank(), "emptiness of the processor's name");
        same(false, comm.library().isBlank(), "emptiness of the library's name");
        same(false, comm.library().contains("\n"), "line break in the library's name");
    }
}
