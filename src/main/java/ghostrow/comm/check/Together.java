package ghostrow.comm.check;

import ghostrow.comm.Combining;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** What comes of a collective call: plain copies, and what is combined is combined in the order of the ranks. */
final class Together {
    private Together() {
    }

    static void perform(Part[] parts) {
        Act first = parts[0].act();
        switch (first.call()) {
            case BCAST, IBCAST -> {
                for (int to = 0; to < parts.length; to++) {
                    if (to != first.root()) {
                        parts[to].gets(parts[first.root()].given());
                    }
                }
            }
            case REDUCE -> parts[first.root()].gets(combined(parts, parts.length));
            case ALLREDUCE, IALLREDUCE -> {
                MemorySegment all = combined(parts, parts.length);
                Arrays.stream(parts).forEach(part -> part.gets(all));
            }
            case SCAN -> {
                for (int to = 0; to < parts.length; to++) {
                    parts[to].gets(combined(parts, to + 1));
                }
            }
            case EXSCAN -> {
                for (int to = 1; to < parts.length; to++) {
                    parts[to].gets(combined(parts, to));
                }
            }
            case REDUCE_SCATTER -> {
                MemorySegment all = combined(parts, parts.length);
                for (int to = 0; to < parts.length; to++) {
                    parts[to].gets(part(all, first.in(), to));
                }
            }
            case GATHER, GATHERV -> parts[first.root()].gets(sideBySide(parts));
            case ALLGATHER, ALLGATHERV -> {
                MemorySegment all = sideBySide(parts);
                Arrays.stream(parts).forEach(part -> part.gets(all));
            }
            case SCATTER, SCATTERV -> {
                Part root = parts[first.root()];
                for (int to = 0; to < parts.length; to++) {
                    parts[to].gets(part(root.given(), root.act().out(), to));
                }
            }
            case ALLTOALL, ALLTOALLV -> {
                for (int to = 0; to < parts.length; to++) {
                    parts[to].gets(fromEach(parts, to));
                }
            }
            default -> {
                // Nothing travels.
            }
        }
    }

    private static MemorySegment combined(Part[] parts, int count) {
        MemorySegment all = Copies.of(parts[0].given());
        for (int i = 1; i < count; i++) {
            Combining.into(all, parts[i].given(), parts[0].act().op(), parts[0].act().type());
        }
        return all;
    }

    private static MemorySegment part(MemorySegment all, long[] bytes, int rank) {
        return all.asSlice(Arrays.stream(bytes, 0, rank).sum(), bytes[rank]);
    }

    private static MemorySegment sideBySide(Part[] parts) {
        return joined(Arrays.stream(parts).map(Part::given).toArray(MemorySegment[]::new));
    }

    private static MemorySegment fromEach(Part[] parts, int to) {
        return joined(Arrays.stream(parts).map(from -> part(from.given(), from.act().out(), to))
                .toArray(MemorySegment[]::new));
    }

    private static MemorySegment joined(MemorySegment[] pieces) {
        MemorySegment all = Copies.room(Arrays.stream(pieces).mapToLong(MemorySegment::byteSize).sum());
        long at = 0;
        for (MemorySegment piece : pieces) {
            MemorySegment.copy(piece, 0, all, at, piece.byteSize());
            at += piece.byteSize();
        }
        return all;
    }
}
