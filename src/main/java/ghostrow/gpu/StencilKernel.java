package ghostrow.gpu;

import ghostrow.kernel.Rule;
import java.util.Locale;

/** The kernels that were written to step rows on a device. */
public enum StencilKernel implements StencilWay {
    /** An item a cell. */
    CELL,
    /** An item goes down a few rows. */
    ROWS,
    /** A few steps at a time, of tiles in the memory that the items of a group share. */
    STEPS,
    /** An operation a launch, with arrays in between. */
    ARRAY;

    /** As users name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of the kernels for a rule, in OpenCL C. */
    public static String source(Rule rule) {
        return StencilSource.of(rule);
    }

    @Override
    public int maxSteps() {
        return this == STEPS ? StencilSource.MOST_STEPS : 1;
    }

    /** Whether the device has what it needs. */
    boolean fits(DeviceInfo device) {
        return this != STEPS || device.local() >= (long) StencilSource.TILE * StencilSource.TILE * Double.BYTES
                && device.group() >= StepsLaunch.ITEMS;
    }

    @Override
    public Launch launch(Device device, Program program, Rule rule) {
        return switch (this) {
            case CELL -> new PlainLaunch(program.kernel("cell"), 1, StencilSource.factor(rule));
            case ROWS -> new PlainLaunch(program.kernel("rows"), StencilSource.BAND, StencilSource.factor(rule));
            case STEPS -> new StepsLaunch(program.kernel("steps"), StencilSource.factor(rule));
            case ARRAY -> new ArrayLaunch(device, program, rule);
        };
    }

    /** One kernel, a step. */
    private record PlainLaunch(Kernel kernel, int band, double factor) implements Launch {
        private static final int COLUMNS = 64;
        private static final int ROWS = 4;

        @Override
        public void enqueue(Queue queue, Part part) {
            queue.run(kernel.with(0, part.from()).with(1, part.to()).with(2, part.at()).with(3, part.layout().stride())
                            .with(4, part.rows()).with(5, part.layout().columns()).with(6, factor),
                    part.layout().columns(), Math.ceilDiv(part.rows(), band), COLUMNS, ROWS);
        }

        @Override
        public void close() {
            kernel.close();
        }
    }

    /** One kernel, several steps. */
    private record StepsLaunch(Kernel kernel, double factor) implements Launch {
        private static final int COLUMNS = StencilSource.TILE;
        private static final int ROWS = StencilSource.TILE / 8;
        private static final int ITEMS = COLUMNS * ROWS;

        @Override
        public void enqueue(Queue queue, Part part) {
            queue.run(kernel.with(0, part.from()).with(1, part.to()).with(2, part.at()).with(3, part.layout().stride())
                            .with(4, part.rows()).with(5, part.layout().columns()).with(6, factor)
                            .with(7, part.layout().lowest() - part.first()).with(8, part.layout().highest() - part.first())
                            .with(9, part.steps()),
                    (long) COLUMNS * Math.ceilDiv(part.layout().columns(), StencilSource.INNER),
                    (long) ROWS * Math.ceilDiv(part.rows(), StencilSource.INNER), COLUMNS, ROWS);
        }

        @Override
        public void close() {
            kernel.close();
        }
    }
}
