package ghostrow.comm;

import ghostrow.comm.CommException.ErrorClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ranks arranged as a grid of one or more dimensions. The last coordinate runs fastest, as in MPI and as rows do in
 * memory; of six ranks as 2 x 3:
 *
 * <pre>
 *     rank 0 (0,0)   rank 1 (0,1)   rank 2 (0,2)
 *     rank 3 (1,0)   rank 4 (1,1)   rank 5 (1,2)
 * </pre>
 */
public final class Cartesian implements AutoCloseable {
    private final Comm comm;
    private final int[] lengths;
    private final boolean[] periodic;

    /** Whom a step along a dimension leads to, and from whom one leads here; {@link Comm#PROC_NULL} beyond the edge. */
    public record Shift(int from, int to) {
    }

    private Cartesian(Comm comm, int[] lengths, boolean[] periodic) {
        this.comm = comm;
        this.lengths = lengths;
        this.periodic = periodic;
    }

    static Optional<Cartesian> over(Comm comm, int[] lengths, boolean[] periodic) {
        long ranks = Arrays.stream(lengths).asLongStream().reduce(1, Math::multiplyExact);
        if (lengths.length == 0 || Arrays.stream(lengths).anyMatch(length -> length < 1) || ranks > comm.size()) {
            throw new CommException(ErrorClass.DIMENSIONS,
                    "a grid of " + Arrays.toString(lengths) + " of " + comm.size() + " ranks");
        }
        if (periodic.length != 0 && periodic.length != lengths.length) {
            throw new CommException(ErrorClass.DIMENSIONS, "a grid of " + lengths.length + " dimensions, of which "
                    + periodic.length + " are said to be periodic or not");
        }
        boolean inside = comm.rank() < ranks;
        Comm group = comm.split(inside ? 0 : 1, comm.rank());
        if (!inside) {
            group.close();
            return Optional.empty();
        }
        return Optional.of(new Cartesian(group, lengths.clone(), Arrays.copyOf(periodic, lengths.length)));
    }

    /** As many ranks as a grid whose sides are as equal as can be, the longest first. */
    public static int[] lengths(int ranks, int dimensions) {
        if (ranks < 1 || dimensions < 1) {
            throw new CommException(ErrorClass.DIMENSIONS, ranks + " ranks in " + dimensions + " dimensions");
        }
        int[] lengths = new int[dimensions];
        int left = ranks;
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = side(left, dimensions - i);
            left /= lengths[i];
        }
        return IntStream.of(lengths).map(length -> -length).sorted().map(length -> -length).toArray();
    }

    /** The smallest divisor that is no shorter than an equal side would be. */
    private static int side(int ranks, int dimensions) {
        int length = 1;
        while (ranks % length != 0 || Math.pow(length, dimensions) < ranks) {
            length++;
        }
        return length;
    }

    /** The group of the ranks of the grid. */
    public Comm comm() {
        return comm;
    }

    public int[] lengths() {
        return lengths.clone();
    }

    /** This rank's. */
    public int[] coordinates() {
        return coordinates(comm.rank());
    }

    public int[] coordinates(int rank) {
        if (rank < 0 || rank >= comm.size()) {
            throw new CommException(ErrorClass.RANK, "no rank " + rank + " in a grid of " + comm.size());
        }
        int[] coordinates = new int[lengths.length];
        int left = rank;
        for (int i = lengths.length - 1; i >= 0; i--) {
            coordinates[i] = left % lengths[i];
            left /= lengths[i];
        }
        return coordinates;
    }

    /** Who is there; {@link Comm#PROC_NULL} beyond an edge. Along a periodic dimension every coordinate is inside. */
    public int rank(int... coordinates) {
        if (coordinates.length != lengths.length) {
            throw new CommException(ErrorClass.DIMENSIONS, coordinates.length + " coordinates in a grid of "
                    + lengths.length + " dimensions");
        }
        int rank = 0;
        for (int i = 0; i < lengths.length; i++) {
            int at = periodic[i] ? Math.floorMod(coordinates[i], lengths[i]) : coordinates[i];
            if (at < 0 || at >= lengths[i]) {
                return Comm.PROC_NULL;
            }
            rank = rank * lengths[i] + at;
        }
        return rank;
    }

    /** Whom to send to and receive from so that all data move so many steps along a dimension. */
    public Shift shift(int dimension, int steps) {
        if (dimension < 0 || dimension >= lengths.length) {
            throw new CommException(ErrorClass.DIMENSIONS, "no dimension " + dimension + " in a grid of "
                    + lengths.length);
        }
        return new Shift(away(dimension, -steps), away(dimension, steps));
    }

    private int away(int dimension, int steps) {
        int[] coordinates = coordinates();
        coordinates[dimension] += steps;
        return rank(coordinates);
    }

    /** Collective: the grid falls into grids of the dimensions that are kept, such as its rows. */
    public Cartesian sub(boolean... kept) {
        if (kept.length != lengths.length) {
            throw new CommException(ErrorClass.DIMENSIONS, "a part of a grid of " + lengths.length
                    + " dimensions, of which " + kept.length + " are said to be kept or not");
        }
        int[] mine = coordinates();
        int[] keptLengths = IntStream.range(0, kept.length).filter(i -> kept[i]).map(i -> lengths[i]).toArray();
        boolean[] keptPeriodic = new boolean[keptLengths.length];
        int colour = 0;
        int next = 0;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                keptPeriodic[next++] = periodic[i];
            } else {
                colour = colour * lengths[i] + mine[i];
            }
        }
        return new Cartesian(comm.split(colour, comm.rank()), keptLengths, keptPeriodic);
    }

    @Override
    public void close() {
        comm.close();
    }
}
