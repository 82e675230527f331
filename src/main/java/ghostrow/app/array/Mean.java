package ghostrow.app.array;

import ghostrow.comm.Comm;
import ghostrow.data.ArrayPath;
import ghostrow.data.ArrayReader;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.Moments;
import ghostrow.kernel.MomentsTree;
import ghostrow.kernel.Summation;
import ghostrow.run.ByteCount;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Mean, standard deviation, least and greatest of an array, in one pass that ranks and threads share. */
final class Mean {
    private final Job job;
    private final ArrayPath path;
    private final Budget budget;
    private final boolean mapped;
    private final ProgressOptions progress;
    private final RecordOptions record;

    Mean(Job job, ArrayPath path, Budget budget, boolean mapped, ProgressOptions progress, RecordOptions record) {
        this.job = job;
        this.path = path;
        this.budget = budget;
        this.mapped = mapped;
        this.progress = progress;
        this.record = record;
    }

    /** Refuses what cannot be gone through. */
    void check() throws IOException {
        try (ArrayReader array = ArrayReader.open(path)) {
            Access.of(path, array, budget, mapped);
        }
    }

    void run(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        try (ArrayReader array = ArrayReader.open(path);
                Team team = new Team(budget.threads(), job.ranksInThisProcess())) {
            Access access = Access.of(path, array, budget, mapped);
            Rates rates = Rates.measure(comm, team, path, array.elements() * array.numbers().bytes(), budget);
            phases.begin(comm, Phase.STEP);
            Moments moments = goThrough(comm, team, access, phases);
            phases.enter(Phase.CLOSING);
            close(comm, phases, access, rates, moments);
        }
    }

    private Moments goThrough(Comm comm, Team team, Access access, Phases phases) throws IOException {
        Blocks blocks = new Blocks(access.array().elements());
        Strip mine = Strip.of(blocks.count(), comm.size(), comm.rank());
        long element = access.array().numbers().bytes();
        try (Arena arena = Arena.ofShared();
                Tally tally = new Tally(progress.ofBytes(comm, blocks.elements() * element),
                        blocks.elements(mine) * element, blocks.elements() * element)) {
            Partials partials = new Partials(blocks, mine, arena);
            Blocks.share(team, mine, (thread, first, end) -> {
                try (Arena own = Arena.ofConfined(); Pieces pieces = access.pieces(own)) {
                    Summation summation = new Summation(own);
                    MomentsTree tree = new MomentsTree();
                    for (long block = first; block < end; block++) {
                        tree.clear();
                        for (long at = blocks.first(block), last = blocks.end(block); at < last;) {
                            MemorySegment piece = pieces.next(at, last - at);
                            summation.add(piece, pieces.form(), tree);
                            long count = piece.byteSize() / pieces.form().bytes();
                            tally.add(thread, count * element);
                            at += count;
                        }
                        partials.put(block, tree.total());
                    }
                }
            });
            phases.enter(Phase.EXCHANGE);
            return partials.total(comm);
        }
    }

    /** Says what came out. Collective. */
    private void close(Comm comm, Phases phases, Access access, Rates rates, Moments moments) throws IOException {
        long buffers = budget.threads() * (access.mapped() ? 0 : access.bytes());
        Closing closing = new Closing("mean", comm, job, budget.threads(), access.title(), buffers, phases, record);
        if (comm.rank() != 0) {
            return;
        }
        ArrayReader array = access.array();
        double bytes = (double) array.elements() * array.numbers().bytes();
        double perSecond = bytes / closing.times().seconds();
        closing.line("array", "%s, %s of shape (%s)", path, array.numbers().name().toLowerCase(Locale.ROOT),
                Arrays.stream(array.dimensions()).mapToObj(Long::toString).collect(Collectors.joining(", ")))
                .ranksLine()
                .timesLine()
                .line("speed", "%s/s, %s %s at a time by each thread", ByteCount.show(perSecond), access.title(),
                        ByteCount.show(access.bytes()));
        if (rates.areKnown()) {
            closing.line("beside", "%s", rates.title());
        }
        closing.line("mean", "%s", moments.mean())
                .line("std", "%s", moments.standardDeviation())
                .line("min", "%s", moments.min())
                .line("max", "%s", moments.max())
                .print();
        closing.with("elements", array.elements()).with("bytes", (long) bytes)
                .with("mean", moments.mean()).with("min", moments.min()).with("max", moments.max())
                .with("std", moments.standardDeviation())
                .with("bytesPerSecond", perSecond)
                .with("diskBytesPerSecond", known(rates.disk()))
                .with("diskShare", Double.isNaN(rates.fromDisk()) ? null : rates.fromDisk())
                .with("memoryBytesPerSecond", known(rates.memory()))
                .with("mapped", mapped).with("memory", budget.bytes())
                .write();
    }

    private static Double known(double rate) {
        return rate > 0 ? rate : null;
    }
}
