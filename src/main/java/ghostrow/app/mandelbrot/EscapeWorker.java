package ghostrow.app.mandelbrot;

import ghostrow.data.Layout;
import ghostrow.data.SnapshotFile;
import ghostrow.grid.Deal;
import ghostrow.grid.PieceSource;
import ghostrow.kernel.Escape;
import ghostrow.kernel.Escapes;
import ghostrow.kernel.Escape.Tally;
import ghostrow.run.CpuClock;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RowPrints;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/** One thread's part of a picture: takes pieces of rows as long as there are any, counts them and writes them. */
final class EscapeWorker {
    /** Rows are written when there are this many bytes of them: few system calls, and still in the cache. */
    private static final long BATCH = 1 << 21;

    private final View view;
    private final int maxiter;
    private final Escape escape;
    private final boolean manyRowsAtOnce;
    private final Deal deal;
    private final RowPrints prints;
    private final Phases phases;
    private final CpuClock clock = new CpuClock();

    private Tally tally = Tally.NONE;
    private long computeNanos;

    /** @param prints where the rows' fingerprints go; null if nobody asks for them */
    EscapeWorker(View view, int maxiter, Escapes rung, Deal deal, RowPrints prints, Phases phases) {
        this.view = view;
        this.maxiter = maxiter;
        this.escape = rung.worker();
        this.manyRowsAtOnce = rung.manyRowsAtOnce();
        this.deal = deal;
        this.prints = prints;
        this.phases = phases;
    }

    /** @param file where the rows go; null for nowhere */
    void run(PieceSource pieces, int thread, Path file, Layout layout) throws IOException {
        long rowBytes = (long) view.width() * Integer.BYTES;
        int most = manyRowsAtOnce ? deal.largest() : Math.clamp(BATCH / rowBytes, 1, deal.largest());
        int[] counts = new int[Math.multiplyExact(most, view.width())];
        // A channel of its own, since a file's position is for one thread at a time.
        try (Arena arena = Arena.ofConfined(); SnapshotFile out = file == null ? null : SnapshotFile.open(file, layout)) {
            MemorySegment rows = arena.allocate(most * rowBytes, 64);
            phases.enter(Phase.EXCHANGE);
            for (int piece = pieces.take(thread); piece >= 0; piece = pieces.take(thread)) {
                for (int first = deal.starts()[piece]; first < deal.starts()[piece + 1]; first += most) {
                    int count = Math.min(most, deal.starts()[piece + 1] - first);
                    phases.enter(Phase.STEP);
                    count(first, count, counts, rows);
                    phases.enter(Phase.OUTPUT);
                    if (prints != null) {
                        prints.add(first, count, rows, rowBytes);
                    }
                    if (out != null) {
                        out.writeChecksums(0, first, out.writeRows(0, first, count, rows, rowBytes));
                    }
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

    private void count(int first, int many, int[] counts, MemorySegment rows) {
        long start = clock.nanos();
        double[] y = Arrays.copyOfRange(view.plane().y(), first, first + many);
        tally = tally.plus(escape.rows(view.plane().x(), y, maxiter, counts));
        MemorySegment.copy(counts, 0, rows, ValueLayout.JAVA_INT, 0, many * view.width());
        computeNanos += clock.nanos() - start;
    }

    Tally tally() {
        return tally;
    }

    /** Processor time spent on counting alone. */
    long computeNanos() {
        return computeNanos;
    }
}
