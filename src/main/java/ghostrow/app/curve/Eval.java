package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.data.ArrayPath;
import ghostrow.data.ArrayReader;
import ghostrow.data.ArrayWriter;
import ghostrow.data.InputException;
import ghostrow.data.Numbers;
import ghostrow.formula.Arguments;
import ghostrow.formula.Compiled;
import ghostrow.formula.Formula;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Operand;
import ghostrow.formula.Reduction;
import ghostrow.formula.Shape;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.run.Agreement;
import ghostrow.run.App;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A formula over arrays in HDF5 files, larger than memory if need be: ranks and threads share its blocks. */
public final class Eval implements App {
    private String text;
    private List<String> operands = List.of();
    private List<String> parameters = List.of();
    private String to;
    private boolean force;
    private int threads = 1;
    private boolean explain;
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> commandLine;
    private Job job;
    private Map<String, ArrayPath> paths;
    private ArrayPath result;
    private Compiled compiled;

    public Eval(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("A formula over arrays in HDF5 files, a block at a time.");
        options.footer(
                "Example: ghostrow eval 'a**2 + s*b' a=in.h5:/a b=in.h5:/b --set s=2 --to out.h5:/c");
        options.takes("FORMULA", String.class, value -> text = value, "What to compute.");
        options.takesMore("NAME=FILE:/PATH", values -> operands = values,
                "The arrays that the formula names.");
        options.repeatable("--set", "NAME=VALUE", values -> parameters = values,
                "A number that it names; repeatable.");
        options.option("--to", "FILE:/PATH", String.class, value -> to = value,
                "Where an array goes; sums are printed.");
        options.flag("--force", on -> force = on, "Replace a file that is there already.");
        options.option("--threads", "N", Integer.class, value -> threads = value,
                "Threads a rank (default 1).");
        options.flag("--explain", on -> explain = on,
                "Show what the formula is compiled to, and compute nothing.");
        spmd.declare(options);
        record.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 1) {
            throw new InputException("--threads " + threads + ": at least 1 is needed");
        }
        if (record.wantsDigest()) {
            throw new InputException("--digest: eval has none; compare the files it writes");
        }
        paths = paths();
        if (explain) {
            compile();
            System.out.print(compiled.explain());
            return 0;
        }
        job = Job.of(spmd, commandLine);
        job.checkEverywhere(() -> {
            compile();
            result = result();
        });
        job.checkOnce(() -> {
            record.check();
            if (result != null) {
                checkPlace();
            }
        });
        job.run(this::rank);
        return 0;
    }

    /** What the formula is depends on the arrays' shapes. */
    private void compile() throws IOException {
        Map<String, ArrayReader> arrays = open();
        try {
            compiled = compile(arrays);
        } finally {
            close(arrays);
        }
    }

    private Map<String, ArrayPath> paths() {
        Map<String, ArrayPath> named = new LinkedHashMap<>();
        for (String operand : operands) {
            String[] words = split(operand, "NAME=FILE:/PATH, such as a=data.h5:/a");
            if (named.put(words[0], ArrayPath.of(words[1])) != null) {
                throw new InputException(operand + ": '" + words[0] + "' is given twice");
            }
        }
        return named;
    }

    private static String[] split(String assignment, String expected) {
        String[] words = assignment.split("=", 2);
        if (words.length != 2 || !words[0].strip().matches("[A-Za-z_]\\w*")) {
            throw new InputException("'" + assignment + "': expected " + expected);
        }
        return new String[] {words[0].strip(), words[1].strip()};
    }

    private Map<String, ArrayReader> open() throws IOException {
        Map<String, ArrayReader> arrays = new LinkedHashMap<>();
        try {
            paths.forEach((name, path) -> arrays.put(name, ArrayReader.open(path)));
            return arrays;
        } catch (InputException e) {
            close(arrays);
            throw e;
        }
    }

    private static void close(Map<String, ArrayReader> arrays) throws IOException {
        for (ArrayReader array : arrays.values()) {
            array.close();
        }
    }

    private Compiled compile(Map<String, ArrayReader> arrays) {
        Formula formula = Formula.of(text);
        arrays.forEach((name, array) -> {
            Kind kind = array.numbers().isFloating() ? Kind.DOUBLE : Kind.LONG;
            formula.operand(name, array.isVector() ? new Operand.Vector(kind, array.rows())
                    : new Operand.Grid(kind, array.rows(), array.columns()));
        });
        for (String parameter : parameters) {
            String[] words = split(parameter, "--set NAME=VALUE, such as --set s=0.5");
            if (arrays.containsKey(words[0])) {
                throw new InputException("--set " + parameter + ": '" + words[0] + "' is an array already");
            }
            formula.parameter(words[0], number(parameter, words[1]));
        }
        return formula.compile();
    }

    private static Number number(String parameter, String word) {
        try {
            return word.matches("[+-]?\\d+") ? (Number) Long.valueOf(word) : (Number) Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw new InputException("--set " + parameter + ": expected a number", e);
        }
    }

    /** Where the array goes; null if the formula makes a single number. */
    private ArrayPath result() {
        if (makesNumber()) {
            if (to != null) {
                throw new InputException("--to " + to + ": the formula makes a single number, which is printed");
            }
            return null;
        }
        if (to == null) {
            throw new InputException("the formula makes an array of shape " + compiled.shape()
                    + "; say where it goes with --to FILE:/PATH, or sum it");
        }
        return ArrayPath.of(to);
    }

    private void checkPlace() throws IOException {
        if (!Files.exists(result.file())) {
            return;
        }
        for (ArrayPath path : paths.values()) {
            if (Files.isSameFile(path.file(), result.file())) {
                throw new InputException("--to " + to + ": is read as well; choose another file");
            }
        }
        if (!force) {
            throw new InputException(result.file() + ": exists already; --force replaces it");
        }
    }

    private boolean makesNumber() {
        return compiled.reduction() != Reduction.NONE || compiled.shape() instanceof Shape.Single;
    }

    /** What a rank does. */
    private void rank(Comm comm) throws IOException {
        Phases phases = new Phases();
        Map<String, ArrayReader> arrays = open();
        try (Team team = new Team(threads, job.ranksInThisProcess())) {
            Blocks blocks = new Blocks(compiled, arrays);
            Object value = null;
            if (compiled.reduction() != Reduction.NONE) {
                phases.enter(Phase.STEP);
                value = reduce(comm, team, blocks);
            } else if (makesNumber()) {
                value = single();
            } else {
                write(comm, team, blocks, phases);
            }
            phases.enter(Phase.SUM);
            finish(comm, phases, blocks, value);
        } finally {
            close(arrays);
        }
    }

    private void write(Comm comm, Team team, Blocks blocks, Phases phases) throws IOException {
        long part = Agreement.fromFirst(comm, 1, () -> new long[] {ArrayWriter.create(result, switch (compiled.kind()) {
            case DOUBLE -> Numbers.FLOAT64;
            case LONG -> Numbers.INT64;
            case BOOL -> Numbers.INT8;
        }, blocks.dimensions(), Map.of("formula", text, "command", "ghostrow " + String.join(" ", commandLine)))})[0];
        phases.enter(Phase.STEP);
        Strip mine = Strip.of(blocks.count(), comm.size(), comm.rank());
        try (ArrayWriter out = ArrayWriter.open(result, part)) {
            try {
                eachBlock(team, blocks, mine, (worker, block) -> worker.run(block, out));
                phases.enter(Phase.OUTPUT);
                out.force();
            } catch (IOException | RuntimeException e) {
                out.discard();
                throw e;
            }
            comm.barrier();
            if (comm.rank() == 0) {
                out.commit();
            }
        }
    }

    /** Rank 0 has the total: of the blocks' results in their order, which does not depend on who computed them. */
    private Number reduce(Comm comm, Team team, Blocks blocks) throws IOException {
        Strip mine = Strip.of(blocks.count(), comm.size(), comm.rank());
        try (Arena arena = Arena.ofShared()) {
            MemorySegment own = arena.allocate(mine.count() * Compiled.PARTIAL_BYTES, Long.BYTES);
            eachBlock(team, blocks, mine, (worker, block) -> worker.reduce(block,
                    own.asSlice((block - mine.offset()) * Compiled.PARTIAL_BYTES, Compiled.PARTIAL_BYTES)));
            long[] lengths = new long[comm.size()];
            for (int rank = 0; rank < lengths.length; rank++) {
                lengths[rank] = Strip.of(blocks.count(), comm.size(), rank).count() * Compiled.PARTIAL_BYTES;
            }
            MemorySegment all = arena.allocate(blocks.count() * Compiled.PARTIAL_BYTES, Long.BYTES);
            comm.gatherv(own, all, lengths, 0);
            return comm.rank() == 0 ? compiled.total(all, blocks.count()) : 0;
        }
    }

    @FunctionalInterface
    private interface BlockWork {
        void run(Blocks.Worker worker, long block) throws IOException;
    }

    private static void eachBlock(Team team, Blocks blocks, Strip mine, BlockWork work) {
        team.run(thread -> {
            Strip own = Strip.of(mine.count(), team.threads(), thread);
            long first = mine.offset() + own.offset();
            if (own.count() == 0) {
                return;
            }
            try (Arena arena = Arena.ofConfined()) {
                Blocks.Worker worker = blocks.worker(arena);
                for (long block = first; block < first + own.count(); block++) {
                    work.run(worker, block);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Of a formula that names no array. */
    private Object single() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(Long.BYTES, Long.BYTES);
            compiled.bind(new Arguments()).run(Memory.vector(value), 0, 1);
            return switch (compiled.kind()) {
                case DOUBLE -> value.get(ValueLayout.JAVA_DOUBLE, 0);
                case LONG -> value.get(ValueLayout.JAVA_LONG, 0);
                case BOOL -> value.get(ValueLayout.JAVA_BYTE, 0) != 0;
            };
        }
    }

    private void finish(Comm comm, Phases phases, Blocks blocks, Object value) throws IOException {
        Closing closing = new Closing("eval", comm, job, threads, "formula", phases, record);
        if (comm.rank() != 0) {
            return;
        }
        closing.line("formula", "%s", text.strip())
                .line("result", "%s of shape %s%s", compiled.kind(), compiled.shape(),
                        compiled.reduction() == Reduction.NONE ? "" : ", reduced")
                .ranksLine()
                .timesLine()
                .line(value == null ? "file" : "value", "%s", value == null ? result : value)
                .print();
        closing.with("formula", text)
                .with("shape", compiled.shape().toString()).with("kind", compiled.kind().toString())
                .with("blocks", blocks.count())
                .with(value == null ? "file" : "value", value == null ? result.toString() : value)
                .write();
    }
}
