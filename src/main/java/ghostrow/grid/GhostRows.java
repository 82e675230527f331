package ghostrow.grid;

import ghostrow.comm.Comm;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the ghost rows of two fields that take turns: each rank's outermost own rows are copied into its
 * neighbours' ghost rows.
 *
 * <pre>
 *      rank r                        rank r + 1
 *    | own      |
 *    | own last | ---- down ---->  | ghost    |
 *    | ghost    | &lt;--- up ------  | own first|
 *                                  | own      |
 * </pre>
 *
 * With {@code depth} rows at a time the messages come once in as many steps: the ghost rows grow stale from the
 * outside, one row a step, and kernels step those that are still good once more than their owner does.
 *
 * <p>The first strip has no rank above and the last none below; their messages go to {@link Comm#PROC_NULL}, and
 * the boundary that lies there stays as it is.
 */
public final class GhostRows implements AutoCloseable {
    private static final int UP = 1;
    private static final int DOWN = 2;

    private final Comm comm;
    private final int above;
    private final int below;
    private final boolean oneByOne;
    private final Edges[] edges;
    /** The edges whose messages are on their way, if any. */
    private Edges underWay;

    /** The parts of one field that travel, cut once. */
    private static final class Edges {
        final Field field;
        final Edge firstOwn;
        final Edge lastOwn;
        final Edge ghostsAbove;
        final Edge ghostsBelow;
        Comm.Exchange exchange;

        Edges(Field field, int depth, boolean above, boolean below) {
            long rows = field.count();
            this.field = field;
            this.firstOwn = edge(field, 1, depth, above);
            this.lastOwn = edge(field, rows - depth + 1, depth, below);
            this.ghostsAbove = edge(field, 1 - depth, depth, above);
            this.ghostsBelow = edge(field, rows + 1, depth, below);
        }

        /** Where there is no neighbour nothing travels, and the boundary stays as it is. */
        private static Edge edge(Field field, long first, long count, boolean travels) {
            return travels ? field.edge(first, count) : new Edge.InPlace(field.wholeRows(first, count));
        }

        void home() {
            // What the host has changed must have gone before.
            field.toStep();
            firstOwn.home();
            lastOwn.home();
        }

        void away() {
            ghostsAbove.away();
            ghostsBelow.away();
        }
    }

    /**
     * @param depth    rows at a time, no more than any strip has
     * @param oneByOne whether rows go up first, and down when those from below have come: two latencies, not one
     */
    public GhostRows(Comm comm, int depth, boolean oneByOne, Field one, Field other) {
        this.comm = comm;
        this.oneByOne = oneByOne;
        this.above = comm.rank() == 0 ? Comm.PROC_NULL : comm.rank() - 1;
        this.below = comm.rank() == comm.size() - 1 ? Comm.PROC_NULL : comm.rank() + 1;
        this.edges = Stream.of(one, other).map(field -> new Edges(field, depth, above != Comm.PROC_NULL,
                below != Comm.PROC_NULL)).toArray(Edges[]::new);
        for (Edges of : edges) {
            of.exchange = oneByOne ? null : comm.exchange(List.of(
                    Comm.Message.from(above, of.ghostsAbove.rows(), DOWN),
                    Comm.Message.from(below, of.ghostsBelow.rows(), UP),
                    Comm.Message.to(above, of.firstOwn.rows(), UP),
                    Comm.Message.to(below, of.lastOwn.rows(), DOWN)));
        }
    }

    /** Returns with the field's ghost rows filled, also if {@link #start} has sent for them already. */
    public void exchange(Field field) {
        if (oneByOne) {
            Edges of = of(field);
            of.home();
            field.awaitEdges();
            comm.sendrecv(of.firstOwn.rows(), above, UP, of.ghostsBelow.rows(), below, UP);
            comm.sendrecv(of.lastOwn.rows(), below, DOWN, of.ghostsAbove.rows(), above, DOWN);
            of.away();
            return;
        }
        if (underWay == null || underWay.field != field) {
            start(field);
        }
        finish();
    }

    /**
     * Sends the field's outermost rows on their way and returns at once; {@link #exchange} waits for the rest. Of a field
     * that a device steps they leave its memory now, and the host when they are there.
     */
    public void start(Field field) {
        if (oneByOne || underWay != null) {
            throw new IllegalStateException(oneByOne ? "these ghost rows travel one by one" : "messages are under way");
        }
        underWay = of(field);
        underWay.home();
        if (!field.isSteppedElsewhere()) {
            underWay.exchange.start();
        }
    }

    /**
     * To be called after the last exchange of a run that ends well: waits for the messages that were sent for a step
     * that nobody takes. Without them the neighbours' sends, too, would not be done.
     */
    public void finish() {
        if (underWay == null) {
            return;
        }
        if (underWay.field.isSteppedElsewhere()) {
            underWay.field.awaitEdges();
            underWay.exchange.start();
        }
        underWay.exchange.await();
        underWay.away();
        underWay = null;
    }

    private Edges of(Field field) {
        return edges[0].field == field ? edges[0] : edges[1];
    }

    /** Waits for nothing: a rank that fails with messages on their way may never get them. */
    @Override
    public void close() {
        for (Edges of : edges) {
            if (of.exchange != null) {
                of.exchange.close();
            }
        }
    }
}
