package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.formula.Arguments;
import ghostrow.formula.Compiled;
import ghostrow.formula.DeviceText;
import ghostrow.formula.Memory;
import ghostrow.formula.Reduction;
import ghostrow.gpu.Buffer;
import ghostrow.gpu.Cells;
import ghostrow.gpu.Device;
import ghostrow.gpu.Devices;
import ghostrow.gpu.ElementKernel;
import ghostrow.gpu.Program;
import ghostrow.gpu.Queue;
import ghostrow.gpu.Staged;
import ghostrow.run.Closing;
import ghostrow.run.GpuOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Has a device compute a formula's elements, a part after the other, each of them copied there and back. What is
 * reduced comes back as well, and is folded by the thread that had it computed, in the order in which it would be without
 * a device. Threads have queues of their own, so that one can read or fold while the device computes for another.
 */
final class FormulaDevice implements Machine {
    /** So many points are copied back at once: 32 MiB of them. */
    private static final int PIECES = (1 << 22) / Compiled.PIECE;

    private final Compiled compiled;
    private final DeviceText text;
    /** Null where nothing is reduced. */
    private final Compiled folding;
    private final boolean copies;
    private final Device device;
    private final Program program;
    private final LongAdder nanos = new LongAdder();
    private List<Points> points = List.of();

    private FormulaDevice(Compiled compiled, DeviceText text, boolean copies, Device device) {
        this.compiled = compiled;
        this.text = text;
        this.folding = compiled.reduction() == Reduction.NONE ? null : compiled.folding();
        this.copies = copies;
        this.device = device;
        this.program = device.build(text.source());
    }

    /** Why the run cannot have the device it wishes for. */
    static Optional<String> missing(GpuOptions options) {
        return Devices.find().missing(options.device());
    }

    static Machine open(Comm comm, GpuOptions options, Compiled compiled, long apart) {
        Device device = Device.open(Devices.find().of(options.device(), GpuOptions.localRank(comm)));
        try {
            return new FormulaDevice(compiled, compiled.openCl(apart), options.copies(), device);
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
    }

    @Override
    public Blocks.Worker worker(Blocks blocks, Arena arena) {
        return new Worker(blocks, arena);
    }

    @Override
    public PointSums sums(int threads) {
        nanos.reset();
        if (points.isEmpty()) {
            points = Stream.generate(Points::new).limit(threads).toList();
        }
        return (start, step, n) -> (thread, from, to, out) -> points.get(thread).sum(start, step, n, from, to, out);
    }

    @Override
    public void tell(Closing closing) {
        double seconds = nanos.sum() / 1e9;
        closing.line("device", "%s", device.info())
                .line("waited", "%.3f s for its copies and kernels, by the threads of rank 0", seconds)
                .with("device", device.info().toString()).with("deviceSeconds", seconds);
    }

    @Override
    public void close() {
        points.forEach(Points::close);
        program.close();
        device.close();
    }

    /** One thread's way to the device. */
    private class Way implements AutoCloseable {
        final Queue queue = device.queue();
        final ElementKernel kernel = new ElementKernel(program, text);

        final Staged staged(long bytes) {
            return Staged.of(device, queue, bytes, copies);
        }

        @Override
        public void close() {
            kernel.close();
            queue.close();
        }
    }

    private final class Worker extends Way implements Blocks.Worker {
        private final Blocks blocks;
        private final List<Staged> inputs;
        private final Staged result;
        /** For each window, which of the text's places it is. */
        private final int[] places;
        /** Null where nothing is reduced. */
        private final MemorySegment partials;

        Worker(Blocks blocks, Arena arena) {
            this.blocks = blocks;
            long resultBytes = blocks.elements(blocks.mostRows()) * text.kind().bytes();
            device.requireMemory(resultBytes + blocks.windows().stream().mapToLong(window -> window.bytes(blocks.mostRows())).sum());
            this.inputs = blocks.windows().stream()
                    .map(window -> staged(window.bytes(blocks.mostRows()))).toList();
            this.result = staged(resultBytes);
            this.places = blocks.windows().stream().mapToInt(this::place).toArray();
            this.partials = folding == null ? null : Blocks.allocate(arena, blocks.resultBytes());
        }

        private int place(Blocks.Window window) {
            return IntStream.range(0, text.places().size()).filter(i -> text.places().get(i).operand().equals(window.name())
                    && text.places().get(i).shifts().equals(window.shifts())).findFirst().orElseThrow();
        }

        @Override
        public MemorySegment elements(long first, long last) throws IOException {
            for (int i = 0; i < inputs.size(); i++) {
                blocks.windows().get(i).read(first, last, inputs.get(i).host());
            }
            long begin = System.nanoTime();
            for (int i = 0; i < inputs.size(); i++) {
                Blocks.Window window = blocks.windows().get(i);
                Buffer there = inputs.get(i).send(window.bytes(last - first));
                kernel.place(places[i], cells(there, window.from(first), window.array().columns()));
            }
            Cells out = cells(result.send(0), first, blocks.elements(1));
            if (blocks.arePlanes()) {
                kernel.run(queue, out, first, last, blocks.elements(1));
            } else {
                kernel.run(queue, out, first, last);
            }
            MemorySegment elements = result.fetch(blocks.elements(last - first) * text.kind().bytes());
            nanos.add(System.nanoTime() - begin);
            return elements;
        }

        private Cells cells(Buffer buffer, long first, long columns) {
            return blocks.arePlanes() ? Cells.rows(buffer, first, columns) : Cells.part(buffer, first);
        }

        @Override
        public MemorySegment partials(long first, long last) throws IOException {
            Memory terms = blocks.place(elements(first, last), first, text.kind());
            return blocks.partials(folding.bind(new Arguments().memory(Compiled.TERMS, terms)), first, last, partials);
        }

        @Override
        public void close() {
            inputs.forEach(Staged::close);
            result.close();
            super.close();
        }
    }

    private final class Points extends Way {
        /** What comes back; as long as it had to be so far. */
        private Staged result = staged(0);
        private long room;

        void sum(double start, double step, long n, long from, long to, MemorySegment out) {
            growTo(Math.min(n, (long) PIECES * Compiled.PIECE));
            kernel.ramp(Integral.VARIABLE, start, step);
            for (long piece = from; piece < to; piece += PIECES) {
                long end = Math.min(to, piece + PIECES);
                long first = piece * Compiled.PIECE;
                long last = Math.min(n, end * Compiled.PIECE);
                long begin = System.nanoTime();
                kernel.run(queue, Cells.part(result.send(0), first), first, last);
                MemorySegment elements = result.fetch((last - first) * text.kind().bytes());
                nanos.add(System.nanoTime() - begin);
                folding.bind(new Arguments().memory(Compiled.TERMS, Memory.part(elements, first, text.kind())))
                        .partials(n, piece, end, out.asSlice((piece - from) * Compiled.PARTIAL_BYTES));
            }
        }

        private void growTo(long elements) {
            if (room < elements) {
                result.close();
                result = staged(elements * text.kind().bytes());
                room = elements;
            }
        }

        @Override
        public void close() {
            result.close();
            super.close();
        }
    }
}
