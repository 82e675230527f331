package ghostrow.gpu;

import ghostrow.data.InputException;
import ghostrow.grid.Field;
import ghostrow.kernel.Rows;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencil;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A device on which one rank steps its two fields. */
public final class GridDevice implements AutoCloseable {
    /** As many are measured: far more than caches hold, and little beside a large grid. */
    private static final long MOST_CELLS = 1 << 25;
    private static final int BUNDLE = 4;
    /** Into so many a column is cut where the largest of its numbers is looked for: enough items, and few numbers. */
    private static final int BANDS = 32;
    private static final int MOST_LAUNCHES = 64;
    private static final long ENOUGH_NANOS = 20_000_000;

    private final Device device;
    private final boolean copies;
    private final Program program;
    private final Rule rule;
    private final Queue steps;
    private final Queue edges;
    private final List<GridTwin> twins = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** @param copies whether the fields have copies in the device's memory also where it can work in the host's */
    public GridDevice(DeviceInfo info, Rule rule, boolean copies) {
        this.device = opened(Device.open(info));
        this.rule = rule;
        this.copies = copies;
        this.program = opened(device.build(StencilSource.of(rule)));
        this.steps = opened(device.queue());
        this.edges = opened(device.queue());
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    public DeviceInfo info() {
        return device.info();
    }

    /** Keeps these two fields, which take turns, in the device's memory from now on. */
    public void keep(Field one, Field other) {
        device.requireMemory(one.bytes() + other.bytes());
        for (Field field : List.of(one, other)) {
            GridTwin twin = opened(new GridTwin(device, field, steps, edges, copies));
            twins.add(twin);
            field.stepIn(twin);
        }
    }

    /** What steps the fields that are kept here by one of the ways. */
    public Stencil stencil(StencilWay way) {
        if (way instanceof StencilKernel kernel && !kernel.fits(info())) {
            throw new InputException("--gpu-kernel " + kernel.label() + ": " + info() + " has not enough shared memory, or "
                    + "takes no groups so large; use another kernel");
        }
        return new GridStencil(way, opened(way.launch(device, program, rule)), twins, steps);
    }

    /** The ways that are worth a try on this device, with so many ghost rows. */
    public List<StencilKernel> candidates(int depth) {
        List<StencilKernel> few = new ArrayList<>(List.of(StencilKernel.ROWS, StencilKernel.CELL));
        if (depth >= StencilSource.MOST_STEPS && StencilKernel.STEPS.fits(info()) && info().kind() != DeviceInfo.Kind.CPU) {
            few.add(StencilKernel.STEPS);
        }
        return few;
    }

    /**
     * Seconds that a step takes by one of the ways. To be asked before the first step; of the second field that is kept
     * here the interior is lost.
     */
    public double seconds(StencilKernel kernel, int depth) {
        GridTwin one = twins.getFirst();
        GridTwin other = twins.getLast();
        Rows layout = one.layout();
        long rows = Math.min(one.rows(), Math.max(1, MOST_CELLS / layout.columns()));
        int together = Math.min(kernel.maxSteps(), depth);
        try (StencilWay.Launch launch = kernel.launch(device, program, rule)) {
            one.lend();
            other.lend();
            StencilWay.Part part = new StencilWay.Part(one.buffer(), other.buffer(), layout, 1, 1 + rows, together);
            launch.enqueue(steps, part);
            steps.finish();
            int launches = 0;
            long begin = System.nanoTime();
            long nanos = 0;
            while (launches < MOST_LAUNCHES && nanos < ENOUGH_NANOS) {
                for (int i = 0; i < BUNDLE; i++) {
                    launch.enqueue(steps, part);
                }
                steps.finish();
                launches += BUNDLE;
                nanos = System.nanoTime() - begin;
            }
            return nanos / 1e9 / launches / together;
        } finally {
            one.takeBack();
            other.takeBack();
        }
    }

    /** By how much the two fields that are kept here differ where they differ most. */
    public double change() {
        GridTwin one = twins.getFirst();
        Rows layout = one.layout();
        long band = Math.ceilDiv(one.rows(), BANDS);
        long bands = Math.ceilDiv(one.rows(), band);
        try (Kernel kernel = program.kernel("change"); Arena arena = Arena.ofConfined();
                Buffer largest = device.buffer(bands * layout.columns() * Double.BYTES)) {
            MemorySegment found = arena.allocate(largest.bytes(), Double.BYTES);
            steps.run(kernel.with(0, one.buffer()).with(1, twins.getLast().buffer()).with(2, layout.index(1, 1))
                    .with(3, layout.stride()).with(4, one.rows()).with(5, layout.columns()).with(6, band).with(7, largest),
                    layout.columns(), bands, 64, 1);
            steps.read(largest, 0, found);
            steps.finish();
            double most = 0;
            for (long i = 0; i < bands * layout.columns(); i++) {
                most = Math.max(most, found.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
            }
            return most;
        }
    }

    /** Waits for what is under way, since it may lie in memory that is freed next. */
    @Override
    public void close() {
        steps.finish();
        edges.finish();
        for (AutoCloseable part : opened.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new GpuException("cannot close " + info() + ": " + e.getMessage());
            }
        }
    }
}
