package ghostrow.app.mandelbrot;

import ghostrow.data.Layout;
import ghostrow.data.SnapshotFile;
import ghostrow.grid.Deal;
import ghostrow.grid.PieceSource;
import ghostrow.kernel.Escape;
import ghostrow.kernel.Escape.Begun;
import ghostrow.kernel.Escape.Tally;
import ghostrow.kernel.Escapes;
import ghostrow.run.CpuClock;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RowPrints;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One thread's part of a picture: takes rows as long as there are any, has them counted and writes them. */
final class EscapeWorker implements AutoCloseable {
    /** Rows are written when there are this many bytes of them: few system calls, and still in the cache. */
    private static final long BATCH = 1 << 21;

    private final View view;
    private final int maxiter;
    private final Escapes rung;
    private final Escape escape;
    private final RowPrints prints;
    private final Phases phases;
    private final LongSupplier clock;
    private final Deque<Batch> begun = new ArrayDeque<>();

    private Tally tally = Tally.NONE;
    private long rows;
    private long computeNanos;
    private double nanosOfBatch;
    private long finished;

    /** Rows that are being counted. */
    private record Batch(Rows rows, Begun counting, long since) {
    }

    /**
     * @param localRank of the ranks on this machine
     * @param prints    where the rows' fingerprints go; null if nobody asks for them
     */
    EscapeWorker(View view, int maxiter, Escapes rung, int localRank, RowPrints prints, Phases phases) {
        this.view = view;
        this.maxiter = maxiter;
        this.rung = rung;
        this.escape = rung.worker(localRank);
        this.prints = prints;
        this.phases = phases;
        // The processor is idle while a device counts.
        this.clock = isDevice() ? System::nanoTime : new CpuClock()::nanos;
    }

    /** Whether this thread only drives what counts. */
    boolean isDevice() {
        return rung instanceof GpuEscapes;
    }

    /** Pieces for this thread alone, as they are dealt. */
    Batches dealt(PieceSource pieces, int thread) {
        Deal deal = pieces.deal();
        long wanted = Math.max(BATCH / Integer.BYTES, rung.pointsAtOnce());
        int most = rung.manyRowsAtOnce() ? deal.largest() : Math.clamp(wanted / view.width(), 1, deal.largest());
        return new Batches(() -> {
            int piece = pieces.take(thread);
            return piece < 0 ? Optional.empty()
                    : Optional.of(new Rows(deal.starts()[piece], deal.starts()[piece + 1] - deal.starts()[piece]));
        }, most);
    }

    /** What comes of sharing them with a device, or as a device with threads. */
    Batches shared(Shares shares, Deal deal) {
        return isDevice() ? new Batches(shares::forDevice, shares.largest())
                : new Batches(() -> shares.forThread(nanosOfBatch), deal.largest());
    }

    /**
     * @param shares where it is told how much this thread has counted; null where nobody asks
     * @param file   where the rows go; null for nowhere
     */
    void run(Batches batches, Shares shares, Path file, Layout layout) throws IOException {
        long rowBytes = (long) view.width() * Integer.BYTES;
        int[] counts = new int[Math.multiplyExact(batches.most(), view.width())];
        // A channel of its own, since a file's position is for one thread at a time.
        try (Arena arena = Arena.ofConfined(); SnapshotFile out = file == null ? null : SnapshotFile.open(file, layout)) {
            MemorySegment cells = arena.allocate(batches.most() * rowBytes, 64);
            phases.enter(Phase.EXCHANGE);
            for (begin(batches); !begun.isEmpty(); begin(batches)) {
                phases.enter(Phase.STEP);
                Rows rows = finish(shares, counts, cells);
                phases.enter(Phase.OUTPUT);
                if (prints != null) {
                    prints.add(rows.first(), rows.count(), cells, rowBytes);
                }
                if (out != null) {
                    out.writeChecksums(0, rows.first(), out.writeRows(0, rows.first(), rows.count(), cells, rowBytes));
                }
                phases.enter(Phase.EXCHANGE);
            }
            if (out != null) {
                phases.enter(Phase.OUTPUT);
                out.force();
                phases.enter(Phase.EXCHANGE);
            }
        }
    }

    /** Begins what may be begun. */
    private void begin(Batches batches) {
        while (begun.size() < escape.mostBegun()) {
            Optional<Rows> rows = batches.next();
            if (rows.isEmpty()) {
                return;
            }
            phases.enter(Phase.STEP);
            double[] y = Arrays.copyOfRange(view.plane().y(), rows.get().first(), rows.get().end());
            begun.add(new Batch(rows.get(), escape.begin(view.plane().x(), y, maxiter), System.nanoTime()));
            phases.enter(Phase.EXCHANGE);
        }
    }

    private Rows finish(Shares shares, int[] counts, MemorySegment cells) {
        long start = clock.getAsLong();
        Batch batch = begun.remove();
        Rows rows = batch.rows();
        tally = tally.plus(batch.counting().finish(counts));
        MemorySegment.copy(counts, 0, cells, ValueLayout.JAVA_INT, 0, rows.count() * view.width());
        computeNanos += clock.getAsLong() - start;
        this.rows += rows.count();
        long now = System.nanoTime();
        // A device begins with a batch when it is done with the one before.
        nanosOfBatch = now - Math.max(batch.since(), finished);
        finished = now;
        if (shares != null && isDevice()) {
            shares.deviceTook(nanosOfBatch, rows.count());
        } else if (shares != null) {
            shares.threadTook(rows.count());
        }
        return rows;
    }

    Tally tally() {
        return tally;
    }

    /** How many it has had counted. */
    long points() {
        return rows * view.width();
    }

    /** Time spent on counting alone: of the processor, or of waiting for the device. */
    long computeNanos() {
        return computeNanos;
    }

    @Override
    public void close() {
        escape.close();
    }
}
