package ghostrow.app.small;

import ghostrow.comm.Comm;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Summary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Workers negate the elements of an array: in memory that all ranks share, or by messages where they share none. */
public final class Negate implements App {
    private static final int ELEMENTS = 10;
    private static final long BYTES = ELEMENTS * (long) Long.BYTES;
    private static final long[] BEFORE = LongStream.rangeClosed(1, ELEMENTS).toArray();

    private final ThreadOption threads = new ThreadOption(ELEMENTS);
    private final SpmdOptions spmd = new SpmdOptions();

    private final List<String> commandLine;

    public Negate(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Workers negate an element each of an array of " + ELEMENTS + " that they share.");
        options.footer("The workers are the threads of all ranks. Elements are dealt to them in turn: with",
                "fewer workers some get several, with more some get none.");
        threads.declare(options);
        spmd.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        Job job = Job.of(spmd, commandLine);
        int each = threads.of(job);
        job.run(comm -> rank(comm, each));
        return 0;
    }

    private static void rank(Comm comm, int each) {
        Optional<Comm.Window> window = comm.window(BYTES);
        String where = window.map(shared -> "in " + shared.kind())
                .orElse("sent by messages: these ranks share no memory");
        try (Threads pool = new Threads(each)) {
            Work work = (from, to) -> pool.sum(thread ->
                    negate(comm.rank() * each + thread, comm.size() * each, from, to));
            long[] after = window.isPresent() ? inMemory(comm, window.get(), work) : byMessages(comm, work);
            if (comm.rank() == 0) {
                new Summary().line("before", "%s", row(element -> BEFORE[element]))
                        .line("after", "%s", row(element -> after[element]))
                        .line("by", "%s  (rank.thread)", row(element ->
                                element / each % comm.size() + "." + element % each))
                        .line("workers", "%s of %s", Summary.count(comm.size(), "rank"), pool.title())
                        .line("array", "%s", where)
                        .print();
            }
        }
    }

    /** What a rank's threads do, from one piece of memory into another or into the same. */
    @FunctionalInterface
    private interface Work {
        void run(MemorySegment from, MemorySegment to);
    }

    private static long negate(int worker, int workers, MemorySegment from, MemorySegment to) {
        for (int element = worker; element < ELEMENTS; element += workers) {
            to.setAtIndex(ValueLayout.JAVA_LONG, element, -from.getAtIndex(ValueLayout.JAVA_LONG, element));
        }
        return 0;
    }

    /** Every rank works on the array itself. */
    private static long[] inMemory(Comm comm, Comm.Window window, Work work) {
        try (window) {
            MemorySegment array = window.segment();
            if (comm.rank() == 0) {
                array.copyFrom(MemorySegment.ofArray(BEFORE));
            }
            window.fence();
            work.run(array, array);
            window.fence();
            return array.toArray(ValueLayout.JAVA_LONG);
        }
    }

    /** Every rank works on a copy; put together they are the array, as where one has an element all others have 0. */
    private static long[] byMessages(Comm comm, Work work) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment copy = arena.allocate(ValueLayout.JAVA_LONG, ELEMENTS);
            if (comm.rank() == 0) {
                copy.copyFrom(MemorySegment.ofArray(BEFORE));
            }
            comm.bcast(copy, 0);
            MemorySegment mine = arena.allocate(ValueLayout.JAVA_LONG, ELEMENTS);
            work.run(copy, mine);
            MemorySegment all = arena.allocate(ValueLayout.JAVA_LONG, ELEMENTS);
            comm.reduce(Comm.Op.SUM, Comm.Type.LONG, mine, all, 0);
            return all.toArray(ValueLayout.JAVA_LONG);
        }
    }

    private static String row(IntFunction<Object> cell) {
        return IntStream.range(0, ELEMENTS).mapToObj(element -> String.format("%5s", cell.apply(element)))
                .collect(Collectors.joining());
    }
}
