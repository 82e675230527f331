package ghostrow.app.curve;

import ghostrow.formula.Arguments;
import ghostrow.formula.Bound;
import ghostrow.formula.Compiled;
import ghostrow.run.Closing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Runs a formula's loops on the rank's threads. */
record Processor(Compiled compiled) implements Machine {
    @Override
    public Blocks.Worker worker(Blocks blocks, Arena arena) {
        return new Worker(compiled, blocks, arena);
    }

    @Override
    public PointSums sums(int threads) {
        return (start, step, n) -> {
            Bound bound = compiled.bind(new Arguments().ramp(Integral.VARIABLE, start, step));
            return (_, from, to, out) -> bound.partials(n, from, to, out);
        };
    }

    @Override
    public void tell(Closing closing) {
        closing.with("device", "cpu");
    }

    @Override
    public void close() {
        // Has nothing of its own.
    }

    private static final class Worker implements Blocks.Worker {
        private final Compiled compiled;
        private final Blocks blocks;
        private final List<MemorySegment> inputs;
        private final MemorySegment output;

        Worker(Compiled compiled, Blocks blocks, Arena arena) {
            this.compiled = compiled;
            this.blocks = blocks;
            this.inputs = blocks.windows().stream()
                    .map(window -> Blocks.allocate(arena, window.bytes(blocks.mostRows()))).toList();
            this.output = Blocks.allocate(arena, blocks.resultBytes());
        }

        @Override
        public MemorySegment elements(long first, long last) throws IOException {
            load(first, last).run(blocks.place(output, first, compiled.kind()), first, last);
            return output.asSlice(0, blocks.elements(last - first) * compiled.kind().bytes());
        }

        @Override
        public MemorySegment partials(long first, long last) throws IOException {
            return blocks.partials(load(first, last), first, last, output);
        }

        private Bound load(long first, long last) throws IOException {
            Arguments arguments = new Arguments();
            for (int i = 0; i < inputs.size(); i++) {
                Blocks.Window window = blocks.windows().get(i);
                MemorySegment input = inputs.get(i);
                window.read(first, last, input);
                window.shifts().forEach(shift -> arguments.memory(window.name(), shift, window.place(input, first)));
            }
            return compiled.bind(arguments);
        }

        @Override
        public void close() {
            // The memory is the arena's.
        }
    }
}
