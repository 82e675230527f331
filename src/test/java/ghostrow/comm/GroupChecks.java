package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.around;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Request;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Groups made by splitting, and the walls between them. */
final class GroupChecks {
    private GroupChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("split into odd and even ranks", GroupChecks::oddAndEven),
                new Check("split into groups of one", GroupChecks::singletons),
                new Check("split in reverse order", GroupChecks::reversed),
                new Check("split of equal keys keeps the order", GroupChecks::equalKeys),
                new Check("split of a split", GroupChecks::nested),
                new Check("messages stay in their group", GroupChecks::walls),
                new Check("collectives inside and outside by turns", GroupChecks::byTurns),
                new Check("many groups one after another", GroupChecks::manyGroups),
                new Check("a grid of ranks and its neighbours", GroupChecks::grid),
                new Check("rows and columns of a grid", GroupChecks::rowsAndColumns),
                new Check("a grid leaves ranks over", GroupChecks::leftOver));
    }

    private static void oddAndEven(Comm comm, Arena arena) {
        int colour = comm.rank() % 2;
        try (Comm half = comm.split(colour, comm.rank())) {
            same(comm.rank() / 2, half.rank(), "the rank in its half");
            same((comm.size() + 1 - colour) / 2, half.size(), "the size of the half");
            works(half, arena, colour);
        }
    }

    private static void singletons(Comm comm, Arena arena) {
        try (Comm alone = comm.split(comm.rank(), 0)) {
            same(0, alone.rank(), "the rank of the only one");
            same(1, alone.size(), "the size of a group of one");
            works(alone, arena, comm.rank());
        }
    }

    private static void reversed(Comm comm, Arena arena) {
        try (Comm mirror = comm.split(3, -comm.rank())) {
            same(comm.size() - 1 - comm.rank(), mirror.rank(), "the mirrored rank");
            works(mirror, arena, 3);
        }
    }

    private static void equalKeys(Comm comm, Arena arena) {
        try (Comm twin = comm.split(0, 42)) {
            same(comm.rank(), twin.rank(), "the rank");
            same(comm.size(), twin.size(), "the size");
        }
    }

    private static void nested(Comm comm, Arena arena) {
        try (Comm half = comm.split(comm.rank() % 2, 0);
                Comm quarter = half.split(half.rank() % 2, -half.rank())) {
            works(quarter, arena, comm.rank() % 4);
        }
    }

    /** A little of everything, with contents that no other group has. */
    private static void works(Comm group, Arena arena, int colour) {
        int from = around(group, -1);
        Buffer incoming = Buffer.blank(arena, 300);
        group.sendrecv(Buffer.filled(arena, 300, seed(colour, group.rank())).bytes(), around(group, 1), 1,
                incoming.bytes(), from, 1);
        incoming.expect(seed(colour, from));

        int last = group.size() - 1;
        Buffer told = group.rank() == last
                ? Buffer.filled(arena, 300, seed(colour)) : Buffer.blank(arena, 300);
        group.bcast(told.bytes(), last);
        told.expect(seed(colour));

        same((long) group.size() * colour, group.allreduce(Op.SUM, (long) colour), "the sum of colours");
        PartChecks.gatherv(group, arena,
                LongStream.range(0, group.size()).map(rank -> 100 + rank).toArray(), last);
        group.barrier();
    }

    /** The same two processes and the same tag, first outside, then inside; received the other way round. */
    private static void walls(Comm comm, Arena arena) {
        try (Comm inner = comm.split(0, -comm.rank())) {
            int to = around(comm, 1);
            int from = around(comm, -1);
            int mirror = comm.size() - 1;
            Request outside = comm.isend(Buffer.filled(arena, 80, seed(1, comm.rank())).bytes(), to, 6);
            Buffer message = Buffer.filled(arena, 80, seed(2, comm.rank()));
            Request inside = inner.isend(message.bytes(), mirror - to, 6);
            Buffer first = Buffer.blank(arena, 80);
            Buffer second = Buffer.blank(arena, 80);
            inner.recv(first.bytes(), mirror - from, 6);
            comm.recv(second.bytes(), from, 6);
            first.expect(seed(2, from));
            second.expect(seed(1, from));
            inside.await();
            outside.await();
        }
    }

    private static void byTurns(Comm comm, Arena arena) {
        int colour = comm.rank() % 2;
        try (Comm half = comm.split(colour, 0)) {
            for (int i = 0; i < 5; i++) {
                same((long) half.size() * i, half.allreduce(Op.SUM, (long) i), "the sum inside");
                same((long) comm.size() * i, comm.allreduce(Op.SUM, (long) i), "the sum outside");
                Buffer told = Buffer.filled(arena, 40, seed(half.rank() == 0 ? colour : 9, i));
                half.bcast(told.bytes(), 0);
                told.expect(seed(colour, i));
            }
        }
    }

    private static void manyGroups(Comm comm, Arena arena) {
        for (int i = 0; i < 10; i++) {
            try (Comm group = comm.split(0, 0)) {
                same(comm.size() - 1L, group.allreduce(Op.MAX, (long) group.rank()), "the last rank");
            }
        }
    }

    /** Each rank sends its number along each dimension; one of them is a ring. */
    private static void grid(Comm comm, Arena arena) {
        int[] lengths = Cartesian.lengths(comm.size(), 2);
        try (Cartesian grid = comm.cartesian(lengths, true, false).orElseThrow()) {
            int[] here = grid.coordinates();
            same(comm.rank(), here[0] * lengths[1] + here[1], "the rank of a place");
            for (int dimension = 0; dimension < 2; dimension++) {
                Cartesian.Shift shift = grid.shift(dimension, 1);
                int[] incoming = {-7};
                grid.comm().sendrecv(new int[] {comm.rank()}, shift.to(), 3, incoming, shift.from(), 3);
                int[] before = here.clone();
                before[dimension]--;
                boolean nobody = dimension == 1 && before[1] < 0;
                int expected = Math.floorMod(before[0], lengths[0]) * lengths[1] + before[1];
                same(nobody ? -7 : expected, incoming[0], "who was before along dimension " + dimension);
            }
        }
    }

    private static void rowsAndColumns(Comm comm, Arena arena) {
        int[] lengths = Cartesian.lengths(comm.size(), 2);
        try (Cartesian grid = comm.cartesian(lengths).orElseThrow(); Cartesian row = grid.sub(false, true);
                Cartesian column = grid.sub(true, false)) {
            int[] here = grid.coordinates();
            same(lengths[1], row.comm().size(), "the length of a row");
            same(lengths[0], column.comm().size(), "the length of a column");
            same(here[1], row.comm().rank(), "the rank in the row");
            same(here[0], column.coordinates()[0], "the place in the column");
            long inRow = row.comm().allreduce(Op.SUM, (long) comm.rank());
            same(lengths[1] * (here[0] * lengths[1] + (lengths[1] - 1) / 2.0), (double) inRow, "the sum of the row");
        }
    }

    private static void leftOver(Comm comm, Arena arena) {
        int used = Math.max(1, comm.size() - 1);
        Optional<Cartesian> grid = comm.cartesian(new int[] {used});
        same(comm.rank() < used, grid.isPresent(), "whether this rank is in the grid");
        grid.ifPresent(found -> {
            try (found) {
                same((long) used, found.comm().size(), "the number of ranks in the grid");
            }
        });
    }
}
