package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What all ranks of a group do together. */
final class CollectiveChecks {

    private CollectiveChecks() {
    }

    static List<Check> all() {
        List<Check> checks = new ArrayList<>(List.of(
                new Check("barrier waits for every rank", CollectiveChecks::barrier),
                new Check("bcast from every root", CollectiveChecks::bcast),
                new Check("gather to every root", CollectiveChecks::gather),
                new Check("gatherv of unequal and empty parts to every root", CollectiveChecks::gatherv),
                new Check("gatherv of one rank's part alone", CollectiveChecks::gathervOfOne),
                new Check("reduction of nothing", CollectiveChecks::reduceNothing),
                new Check("allreduce of single values", CollectiveChecks::singleValues),
                new Check("collectives in close succession", CollectiveChecks::succession),
                new Check("names of the processor and of the library", CollectiveChecks::names)));
        for (Type type : Type.values()) {
            for (Op op : Op.values()) {
                String what = op + " of " + type;
                checks.add(new Check("reduce " + what + " to every root",
                        (comm, arena) -> reduce(comm, arena, op, type)));
                checks.add(new Check("allreduce " + what, (comm, arena) -> allreduce(comm, arena, op, type)));
            }
        }
        return checks;
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

    private static void gather(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            for (long size : new long[] {0, 1, 4000}) {
                long[] bytes = LongStream.range(0, comm.size()).map(rank -> size).toArray();
                Parts parts = new Parts(comm, arena, bytes, root);
                comm.gather(parts.mine.bytes(), parts.all(), root);
                parts.expect();
            }
        }
    }

    private static void gatherv(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            // Every third part is empty, the root's among them at times.
            long[] bytes = LongStream.range(0, comm.size()).map(rank ->
                    rank % 3 == 1 ? 0 : 700 * rank + 13).toArray();
            gatherv(comm, arena, bytes, root);
        }
        gatherv(comm, arena, new long[comm.size()], 0);
    }

    private static void gathervOfOne(Comm comm, Arena arena) {
        for (int owner = 0; owner < comm.size(); owner++) {
            long[] bytes = new long[comm.size()];
            bytes[owner] = 5001;
            gatherv(comm, arena, bytes, comm.size() - 1);
        }
    }

    static void gatherv(Comm comm, Arena arena, long[] bytes, int root) {
        Parts parts = new Parts(comm, arena, bytes, root);
        comm.gatherv(parts.mine.bytes(), parts.all(), comm.rank() == root ? bytes : null, root);
        parts.expect();
    }

    /** What one rank gives to a gather, and what the root has in the end. */
    private static final class Parts {
        private final Comm comm;
        private final long[] bytes;
        private final int root;
        private final Buffer mine;
        private final Buffer gathered;

        Parts(Comm comm, Arena arena, long[] bytes, int root) {
            this.comm = comm;
            this.bytes = bytes;
            this.root = root;
            mine = Buffer.filled(arena, bytes[comm.rank()], seed(comm.rank(), root));
            gathered = Buffer.blank(arena, comm.rank() == root ? LongStream.of(bytes).sum() : 0);
        }

        /** Only the root needs a place for all. */
        MemorySegment all() {
            return comm.rank() == root ? gathered.bytes() : MemorySegment.NULL;
        }

        void expect() {
            mine.expect(seed(comm.rank(), root));
            if (comm.rank() == root) {
                gathered.expectGuards();
                long at = 0;
                for (int rank = 0; rank < bytes.length; at += bytes[rank++]) {
                    gathered.expectPart(at, bytes[rank], seed(rank, root), "the part of rank " + rank);
                }
            }
        }
    }

    private static void reduce(Comm comm, Arena arena, Op op, Type type) {
        for (int root = 0; root < comm.size(); root++) {
            Numbers numbers = new Numbers(arena, type, root % 2 == 0 ? 2000 : 1, comm.rank());
            MemorySegment result = comm.rank() == root ? numbers.result.bytes() : MemorySegment.NULL;
            comm.reduce(op, type, numbers.mine.bytes(), result, root);
            if (comm.rank() == root) {
                numbers.expect(op, comm.size());
            }
        }
    }

    private static void allreduce(Comm comm, Arena arena, Op op, Type type) {
        for (int length : new int[] {1, 1000, 5000}) {
            Numbers numbers = new Numbers(arena, type, length, comm.rank());
            comm.allreduce(op, type, numbers.mine.bytes(), numbers.result.bytes());
            numbers.expect(op, comm.size());
        }
    }

    /** An array to combine. Its numbers are such that doubles add up without rounding, in whatever order. */
    private static final class Numbers {
        private final Type type;
        private final int length;
        private final Buffer mine;
        private final Buffer result;

        Numbers(Arena arena, Type type, int length, int rank) {
            this.type = type;
            this.length = length;
            mine = Buffer.aligned(arena, length * Type.BYTES);
            result = Buffer.aligned(arena, length * Type.BYTES);
            for (int i = 0; i < length; i++) {
                if (type == Type.LONG) {
                    mine.bytes().set(ValueLayout.JAVA_LONG, i * 8L, whole(rank, i));
                } else {
                    mine.bytes().set(ValueLayout.JAVA_DOUBLE, i * 8L, real(rank, i));
                }
            }
        }

        /** Positive and negative, and too long for a double to hold. */
        static long whole(int rank, int i) {
            return ((i * 31 + rank * 17) % 101 - 50) * 0x0010_0000_0000_0001L;
        }

        static double real(int rank, int i) {
            return ((i * 31 + rank * 17) % 101 - 50) * 0.25;
        }

        void expect(Op op, int ranks) {
            result.expectGuards();
            for (int i = 0; i < length; i++) {
                String what = "element " + i + " of " + length;
                if (type == Type.LONG) {
                    same(whole(op, ranks, i), result.bytes().get(ValueLayout.JAVA_LONG, i * 8L), what);
                } else {
                    same(real(op, ranks, i), result.bytes().get(ValueLayout.JAVA_DOUBLE, i * 8L), what);
                }
            }
        }

        private static long whole(Op op, int ranks, int i) {
            long combined = whole(0, i);
            for (int rank = 1; rank < ranks; rank++) {
                long next = whole(rank, i);
                combined = switch (op) {
                    case SUM -> combined + next;
                    case MIN -> Math.min(combined, next);
                    case MAX -> Math.max(combined, next);
                };
            }
            return combined;
        }

        private static double real(Op op, int ranks, int i) {
            double combined = real(0, i);
            for (int rank = 1; rank < ranks; rank++) {
                double next = real(rank, i);
                combined = switch (op) {
                    case SUM -> combined + next;
                    case MIN -> Math.min(combined, next);
                    case MAX -> Math.max(combined, next);
                };
            }
            return combined;
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
            gatherv(comm, arena, LongStream.range(0, comm.size()).map(rank -> rank * 8).toArray(), root);
        }
    }

    private static void names(Comm comm, Arena arena) {
        same(false, comm.processorName().isBlank(), "emptiness of the processor's name");
        same(false, comm.library().isBlank(), "emptiness of the library's name");
        same(false, comm.library().contains("\n"), "line break in the library's name");
    }
}
