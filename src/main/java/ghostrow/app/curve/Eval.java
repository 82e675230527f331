package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.data.ArrayPath;
import ghostrow.data.ArrayWriter;
import ghostrow.data.Numbers;
import ghostrow.formula.Compiled;
import ghostrow.formula.Kind;
import ghostrow.formula.Reduction;
import ghostrow.formula.Shape;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.run.Agreement;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** A formula over arrays in HDF5 files, larger than memory if need be: ranks and threads share its blocks. */
final class Eval {
    private final Job job;
    private final String text;
    private final Operands operands;
    private final int threads;
    private final DeviceOptions device;
    private final RecordOptions record;
    private final String command;
    private Compiled compiled;
    private ArrayPath result;

    /** @param command what the result says it was made by */
    Eval(Job job, String text, Operands operands, int threads, DeviceOptions device, RecordOptions record,
            String command) {
        this.job = job;
        this.text = text;
        this.operands = operands;
        this.threads = threads;
        this.device = device;
        this.record = record;
        this.command = command;
    }

    static boolean makesNumber(Compiled compiled) {
        return compiled.reduction() != Reduction.NONE || compiled.shape() instanceof Shape.Single;
    }

    /**
     * What the formula is, once the arrays have been seen; before {@link #run}.
     *
     * @param result null where the formula makes a number
     */
    void computes(Compiled compiled, ArrayPath result) {
        this.compiled = compiled;
        this.result = result;
    }

    /** Where the array goes; null where there is none. */
    ArrayPath result() {
        return result;
    }

    void run(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        try (Operands.Open open = operands.open(); Team team = new Team(threads, job.ranksInThisProcess())) {
            Blocks blocks = new Blocks(compiled, open.arrays());
            try (Machine machine = device.open(comm, compiled, blocks.apart())) {
                Object value = null;
                if (compiled.reduction() != Reduction.NONE) {
                    phases.enter(Phase.STEP);
                    value = reduce(comm, team, machine, blocks);
                } else if (makesNumber(compiled)) {
                    value = single(machine, blocks);
                } else {
                    write(comm, team, machine, blocks, phases);
                }
                phases.enter(Phase.CLOSING);
                close(comm, phases, machine, blocks, value);
            }
        }
    }

    private void write(Comm comm, Team team, Machine machine, Blocks blocks, Phases phases) throws IOException {
        long part = Agreement.fromFirst(comm, 1, () -> new long[] {ArrayWriter.create(result, switch (compiled.kind()) {
            case DOUBLE -> Numbers.FLOAT64;
            case LONG -> Numbers.INT64;
            case BOOL -> Numbers.INT8;
        }, blocks.dimensions(), Map.of("formula", text, "command", command))})[0];
        phases.enter(Phase.STEP);
        Strip mine = Strip.of(blocks.count(), comm.size(), comm.rank());
        try (ArrayWriter out = ArrayWriter.open(result, part)) {
            try {
                eachBlock(team, machine, blocks, mine, (worker, block) -> blocks.write(worker, block, out));
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
    }

    /** Rank 0 has the total: of the blocks' results in their order, which does not depend on who computed them. */
    private Object reduce(Comm comm, Team team, Machine machine, Blocks blocks) throws IOException {
        Strip mine = Strip.of(blocks.count(), comm.size(), comm.rank());
        try (Arena arena = Arena.ofShared()) {
            MemorySegment own = arena.allocate(mine.count() * Compiled.PARTIAL_BYTES, Long.BYTES);
            eachBlock(team, machine, blocks, mine, (worker, block) -> blocks.reduce(worker, block,
                    own.asSlice((block - mine.offset()) * Compiled.PARTIAL_BYTES, Compiled.PARTIAL_BYTES)));
            long[] lengths = new long[comm.size()];
            for (int rank = 0; rank < lengths.length; rank++) {
                lengths[rank] = Strip.of(blocks.count(), comm.size(), rank).count() * Compiled.PARTIAL_BYTES;
            }
            MemorySegment all = arena.allocate(blocks.count() * Compiled.PARTIAL_BYTES, Long.BYTES);
            comm.gatherv(own, all, lengths, 0);
            if (comm.rank() != 0) {
                return 0;
            }
            Number total = compiled.total(all, blocks.count(), blocks.rows());
            if (compiled.kind() == Kind.BOOL) {
                return total.intValue() != 0;
            }
            return total;
        }
    }

    @FunctionalInterface
    private interface BlockWork {
        void run(Blocks.Worker worker, long block) throws IOException;
    }

    private static void eachBlock(Team team, Machine machine, Blocks blocks, Strip mine, BlockWork work) {
        team.run(thread -> {
            Strip own = Strip.of(mine.count(), team.threads(), thread);
            long first = mine.offset() + own.offset();
            if (own.count() == 0) {
                return;
            }
            try (Arena arena = Arena.ofConfined(); Blocks.Worker worker = machine.worker(blocks, arena)) {
                for (long block = first; block < first + own.count(); block++) {
                    work.run(worker, block);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Of a formula that names no array. */
    private Object single(Machine machine, Blocks blocks) throws IOException {
        try (Arena arena = Arena.ofConfined(); Blocks.Worker worker = machine.worker(blocks, arena)) {
            MemorySegment value = worker.elements(0, 1);
            return switch (compiled.kind()) {
                case DOUBLE -> value.get(ValueLayout.JAVA_DOUBLE, 0);
                case LONG -> value.get(ValueLayout.JAVA_LONG, 0);
                case BOOL -> value.get(ValueLayout.JAVA_BYTE, 0) != 0;
            };
        }
    }

    /** Says what came out. Collective. */
    private void close(Comm comm, Phases phases, Machine machine, Blocks blocks, Object value) throws IOException {
        Closing closing = new Closing("eval", comm, job, threads, "formula", 0, phases, record);
        if (comm.rank() != 0) {
            return;
        }
        closing.line("formula", "%s", text.strip())
                .line("result", "%s of shape %s%s", compiled.kind(), compiled.shape(),
                        compiled.reduction() == Reduction.NONE ? "" : ", reduced")
                .ranksLine();
        machine.tell(closing);
        closing.timesLine()
                .line(value == null ? "file" : "value", "%s", value == null ? result : value)
                .print();
        closing.with("formula", text)
                .with("shape", compiled.shape().toString()).with("kind", compiled.kind().toString())
                .with("blocks", blocks.count())
                .with(value == null ? "file" : "value", value == null ? result.toString() : value)
                .write();
    }
}
