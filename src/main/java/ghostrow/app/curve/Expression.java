package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.formula.Arguments;
import ghostrow.formula.Bound;
import ghostrow.formula.Formula;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Operand;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.run.App;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.Summary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A formula over long rows of numbers, again and again: how fast compiled formulas run, memory and all. */
public final class Expression implements App {
    private static final String TEXT = "a**2 + b**2 + 2*a*b";

    private long length;
    private long times = 1;
    private int threads = 1;
    private final RecordOptions record = new RecordOptions();

    private final List<String> commandLine;
    private Job job;

    public Expression(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Evaluates a**2 + b**2 + 2*a*b over N elements, with a = i/N and b = 1/(i+1).");
        options.takes("N", Long.class, value -> length = value, "Elements.");
        options.option("--times", "T", Long.class, value -> times = value, "Evaluations (default 1).");
        options.option("--threads", "N", Integer.class, value -> threads = value, "Threads (default 1).");
        record.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (length < 1 || times < 1 || threads < 1) {
            throw new InputException("N " + length + ", --times " + times + ", --threads " + threads
                    + ": at least 1 is needed of each");
        }
        job = Job.alone(commandLine);
        job.checkOnce(record::check);
        job.run(this::rank);
        return 0;
    }

    private void rank(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        try (Arena memory = Arena.ofShared(); Team team = new Team(threads, 1)) {
            MemorySegment a = memory.allocate(length * Double.BYTES, 64);
            MemorySegment b = memory.allocate(length * Double.BYTES, 64);
            Memory result = Memory.vector(memory.allocate(length * Double.BYTES, 64));
            for (long i = 0; i < length; i++) {
                a.setAtIndex(ValueLayout.JAVA_DOUBLE, i, (double) i / length);
                b.setAtIndex(ValueLayout.JAVA_DOUBLE, i, 1.0 / (i + 1));
            }
            Bound formula = bind(a, b);
            // One evaluation beforehand, as the peers in other languages have it: it compiles, and finds the memory.
            evaluate(team, formula, result);
            phases.enter(Phase.STEP);
            for (long t = 0; t < times; t++) {
                evaluate(team, formula, result);
            }
            phases.enter(Phase.TOTALS);
            double sum = Formula.of("r").operand("r", new Operand.Vector(Kind.DOUBLE)).compileSum()
                    .bind(new Arguments().memory("r", result)).reduce(length).doubleValue();
            finish(comm, phases, sum);
        }
    }

    private static Bound bind(MemorySegment a, MemorySegment b) {
        return Formula.of(TEXT).operand("a", new Operand.Vector(Kind.DOUBLE))
                .operand("b", new Operand.Vector(Kind.DOUBLE)).compile()
                .bind(new Arguments().memory("a", Memory.vector(a)).memory("b", Memory.vector(b)));
    }

    private void evaluate(Team team, Bound formula, Memory result) {
        team.run(thread -> {
            Strip mine = Strip.of(length, threads, thread);
            formula.run(result, mine.offset(), mine.offset() + mine.count());
        });
    }

    private void finish(Comm comm, Phases phases, double sum) throws IOException {
        Closing closing = new Closing("expression", comm, job, threads, "compiled", 3 * length * Double.BYTES, phases, record);
        double perSecond = (double) length * times / closing.times().of(Phase.STEP);
        closing.line("formula", "%s", TEXT)
                .line("elements", "%d, %s, %s", length, Summary.count(times, "time"),
                        Summary.count(threads, "thread"))
                .timesLine()
                .line("speed", "%.3g elements/s, %.3g GB/s of reading and writing", perSecond,
                        perSecond * 3 * Double.BYTES / 1e9)
                .line("sum", "%s", sum)
                .print();
        closing.with("n", length).with("times", times).with("sum", sum).with("elementsPerSecond", perSecond)
                .with("formula", TEXT).write();
    }
}
