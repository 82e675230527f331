package ghostrow.app.array;

import ghostrow.comm.Comm;
import ghostrow.data.ArrayPath;
import ghostrow.data.ArrayWriter;
import ghostrow.data.Numbers;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.RandomNumbers;
import ghostrow.run.Agreement;
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
import java.util.Map;

/** Writes a square of {@link RandomNumbers}, which all ranks and threads make and write at once. */
final class RandomArray {
    /** Few calls of the system, and next to no memory. */
    private static final long PIECE_BYTES = 1 << 22;
    private static final long LEAST_BYTES = 1 << 12;

    private final Job job;
    private final ArrayPath path;
    private final long side;
    private final Budget budget;
    private final ProgressOptions progress;
    private final RecordOptions record;
    private final String command;

    /** @param command what the array says it was made by */
    RandomArray(Job job, ArrayPath path, long side, Budget budget, ProgressOptions progress, RecordOptions record,
            String command) {
        this.job = job;
        this.path = path;
        this.side = side;
        this.budget = budget;
        this.progress = progress;
        this.record = record;
        this.command = command;
    }

    long bytes() {
        return side * side * Double.BYTES;
    }

    /** Bytes that a thread writes at a time; refuses to have next to none. */
    long pieceBytes() {
        return Math.min(PIECE_BYTES, budget.eachThread(LEAST_BYTES, 0)) / Double.BYTES * Double.BYTES;
    }

    void run(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        try (Team team = new Team(budget.threads(), job.ranksInThisProcess())) {
            long part = Agreement.fromFirst(comm, 1, () -> new long[] {ArrayWriter.create(path, Numbers.FLOAT64,
                    new long[] {side, side}, Map.of("numbers", "SplitMix64 from seed 0, upper 53 bits / 2**53",
                            "command", command))})[0];
            phases.begin(comm, Phase.STEP);
            try (ArrayWriter out = ArrayWriter.open(path, part)) {
                try {
                    write(comm, team, out);
                    phases.enter(Phase.OUTPUT);
                    out.force();
                    comm.barrier();
                    if (comm.rank() == 0) {
                        out.commit();
                    }
                } catch (IOException | RuntimeException e) {
                    out.discard();
                    throw e;
                }
            }
            phases.enter(Phase.CLOSING);
            close(comm, phases);
        }
    }

    private void write(Comm comm, Team team, ArrayWriter out) {
        Blocks blocks = new Blocks(side * side);
        Strip mine = Strip.of(blocks.count(), comm.size(), comm.rank());
        try (Tally tally = new Tally(progress.ofBytes(comm, bytes()), blocks.elements(mine) * Double.BYTES, bytes())) {
            Blocks.share(team, mine, (thread, first, end) -> {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment room = arena.allocate(pieceBytes(), 64);
                    long last = blocks.end(end - 1) * Double.BYTES;
                    for (long at = blocks.first(first) * Double.BYTES; at < last; at += room.byteSize()) {
                        MemorySegment piece = room.asSlice(0, Math.min(room.byteSize(), last - at));
                        RandomNumbers.fill(piece, at / Double.BYTES);
                        out.write(at, piece);
                        tally.add(thread, piece.byteSize());
                    }
                }
            });
        }
    }

    /** Says what came out. Collective. */
    private void close(Comm comm, Phases phases) throws IOException {
        Closing closing = new Closing("mean", comm, job, budget.threads(), "random", budget.threads() * pieceBytes(),
                phases, record);
        if (comm.rank() != 0) {
            return;
        }
        double perSecond = bytes() / closing.times().seconds();
        closing.line("file", "%s, float64 of shape (%d, %d)", path, side, side)
                .ranksLine()
                .timesLine()
                .line("speed", "%s/s, written and on the disk", ByteCount.show(perSecond))
                .print();
        closing.with("created", path.toString()).with("elements", side * side).with("bytes", bytes())
                .with("bytesPerSecond", perSecond).with("memory", budget.bytes())
                .write();
    }
}
