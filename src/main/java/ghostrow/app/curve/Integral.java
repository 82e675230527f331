package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import ghostrow.formula.Arguments;
import ghostrow.formula.Compiled;
import ghostrow.formula.FormulaException;
import ghostrow.grid.Deal;
import ghostrow.grid.Deal.Schedule;
import ghostrow.grid.PieceSource;
import ghostrow.grid.Team;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sums of a formula over evenly spaced points, by all ranks and threads, and what numerical integration makes of
 * them. A sum has the same bits whoever takes part: it is made of pieces of a fixed length, which rank 0 adds up in
 * order, each together with its rounding error.
 */
final class Integral {
    /** How n intervals of width dx stand for the area above them. */
    enum Rule { left, midpoint, trapezoid, simpson, gauss }

    /** The name of the variable in the formula. */
    static final String VARIABLE = "x";

    /** So many pieces, four thousand million points, are computed before they are gathered: 256 KiB at rank 0. */
    private static final int PIECES_A_ROUND = 1 << 14;

    /** With fewer than this, a millisecond's work or two, everybody has a fixed part: to share a counter takes as long. */
    private static final int PIECES_A_WORKER = 16;

    private static final int WARM_UP_POINTS = 2048;
    private static final long QUICK_NANOS = 50_000;
    private static final int QUICK_SUMS = 2000;
    private static final long WARM_UP_NANOS_A_POINT = 2;
    private static final long LONGEST_WARM_UP_NANOS = 500_000_000;

    private static final long MANY_POINTS = 10_000_000;
    private static final int WARM_UP_AREAS = 4;
    private static final double GAUSS = Math.sqrt(1.0 / 3);

    private final Comm comm;
    private final Team team;
    private final Curve curve;
    private final Compiled sum;
    private final Machine.PointSums sums;
    private final Phases phases;

    /** Whether these ranks can share a counter at which nobody waits, as far as is known. */
    private boolean sharing = true;

    /** @param sums of the curve's formula */
    Integral(Comm comm, Team team, Curve curve, Machine.PointSums sums, Phases phases) {
        this.comm = comm;
        this.team = team;
        this.curve = curve;
        this.sum = curve.sum();
        this.sums = sums;
        this.phases = phases;
    }

    /**
     * Has the JIT compiler see to the formula's loop before the clock of the sum runs: a small sum is computed until
     * it is quick, or until that has taken longer than all the points may.
     */
    static void warmUp(Curve curve, long n) {
        var bound = curve.sum().bind(new Arguments().ramp(VARIABLE, curve.from(), (curve.to() - curve.from()) / n));
        long end = System.nanoTime() + Math.min(n * WARM_UP_NANOS_A_POINT, LONGEST_WARM_UP_NANOS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment piece = arena.allocate(Compiled.PARTIAL_BYTES, Double.BYTES);
            int quick = 0;
            for (long now = System.nanoTime(); now < end && quick < QUICK_SUMS; ) {
                bound.partials(WARM_UP_POINTS, 0, 1, piece);
                long then = now;
                now = System.nanoTime();
                quick += now - then < QUICK_NANOS ? 1 : 0;
            }
        } catch (FormulaException e) {
            // The run itself says it.
        }
    }

    /** Collective: computes a few small areas, where the area of n points takes long enough for it to matter. */
    void warmUp(long n) {
        if (n >= MANY_POINTS) {
            long dealt = (long) PIECES_A_WORKER * comm.size() * team.threads() * Compiled.PIECE;
            for (int i = 0; i < WARM_UP_AREAS; i++) {
                of(dealt);
            }
        }
    }

    /** Collective; the answer counts at rank 0. */
    Area of(long n) {
        double from = curve.from();
        double to = curve.to();
        double dx = (to - from) / n;
        return new Area(n, switch (curve.rule()) {
            case left -> sum(from, dx, n) * dx;
            case midpoint -> sum(from + dx / 2, dx, n) * dx;
            case trapezoid -> (sum(from, dx, n) + (at(to) - at(from)) / 2) * dx;
            case simpson -> (2 * sum(from, dx, n) + 4 * sum(from + dx / 2, dx, n) + (at(to) - at(from))) * dx / 6;
            case gauss -> (sum(from + dx / 2 * (1 - GAUSS), dx, n) + sum(from + dx / 2 * (1 + GAUSS), dx, n)) * dx / 2;
        }, true);
    }

    private double at(double x) {
        return comm.rank() == 0 ? sum.bind(new Arguments().ramp(VARIABLE, x, 0)).reduce(1).doubleValue() : 0;
    }

    private double sum(double start, double step, long n) {
        Machine.Pieces computed = sums.over(start, step, n);
        long pieces = Compiled.pieces(n);
        long rounds = Math.ceilDiv(pieces, PIECES_A_ROUND);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment totals = arena.allocate(rounds * Compiled.PARTIAL_BYTES, Double.BYTES);
            MemorySegment all = arena.allocate((long) PIECES_A_ROUND * Compiled.PARTIAL_BYTES, Double.BYTES);
            MemorySegment mine = arena.allocate(all.byteSize(), Double.BYTES);
            for (long round = 0; round < rounds; round++) {
                long first = round * PIECES_A_ROUND;
                int count = (int) Math.min(PIECES_A_ROUND, pieces - first);
                mine.fill((byte) 0);
                try (PieceSource shares = shares(count)) {
                    Deal deal = shares.deal();
                    team.run(thread -> {
                        for (int share = shares.take(thread); share >= 0; share = shares.take(thread)) {
                            long from = deal.starts()[share];
                            long to = deal.starts()[share + 1];
                            computed.compute(thread, first + from, first + to, mine.asSlice(bytes(from), bytes(to - from)));
                        }
                    });
                    phases.enter(Phase.EXCHANGE);
                    // Everybody else has zeros where one has a piece: added as whole numbers, its bits stay as they are.
                    comm.allreduce(Op.SUM, Type.LONG, mine.asSlice(0, bytes(count)), all.asSlice(0, bytes(count)));
                    phases.enter(Phase.STEP);
                }
                if (comm.rank() == 0) {
                    sum.merge(all, count, totals.asSlice(bytes(round), Compiled.PARTIAL_BYTES));
                }
            }
            return comm.rank() == 0 ? sum.total(totals, rounds, n).doubleValue() : 0;
        }
    }

    /**
     * Pieces for whoever is free, fewer and fewer: ranks and threads of one machine are not equally fast. Those of several
     * machines have equal parts.
     */
    private PieceSource shares(int count) {
        int workers = comm.size() * team.threads();
        Deal even = Deal.of(Schedule.block, null, count, workers);
        if (count < PIECES_A_WORKER * workers || !sharing) {
            return new PieceSource(comm, even, null, team.threads());
        }
        PieceSource shares = new PieceSource(comm, Deal.of(Schedule.guided, null, count, workers), even, team.threads());
        sharing = shares.counts();
        return shares;
    }

    private static long bytes(long partials) {
        return partials * Compiled.PARTIAL_BYTES;
    }
}
