package ghostrow.gpu;

import ghostrow.gpu.StencilWay.Part;
import ghostrow.kernel.Rule;

/** The rule operation by operation: two arrays hold what comes out in between. */
final class ArrayLaunch implements StencilWay.Launch {
    private static final int GROUP = 256;

    private final Device device;
    private final Rule rule;
    private final Kernel add;
    private final Kernel subtract;
    private final Kernel scale;
    private Buffer sum;
    private Buffer product;

    ArrayLaunch(Device device, Program program, Rule rule) {
        this.device = device;
        this.rule = rule;
        this.add = program.kernel("add");
        this.subtract = program.kernel("subtract");
        this.scale = program.kernel("scale");
    }

    /** Numbers in memory, laid out as the part's rows are. */
    private record Operand(Buffer memory, long at) {
    }

    @Override
    public void enqueue(Queue queue, Part part) {
        if (sum == null || sum.bytes() < part.from().bytes()) {
            release();
            sum = device.buffer(part.from().bytes());
            product = device.buffer(part.from().bytes());
        }
        long at = part.at();
        long stride = part.layout().stride();
        Operand centre = new Operand(part.from(), at);
        Operand up = new Operand(part.from(), at - stride);
        Operand down = new Operand(part.from(), at + stride);
        Operand left = new Operand(part.from(), at - 1);
        Operand right = new Operand(part.from(), at + 1);
        Operand sum = new Operand(this.sum, at);
        Operand product = new Operand(this.product, at);
        Operand next = new Operand(part.to(), at);
        switch (rule) {
            case Rule.Diffusion diffusion -> {
                two(queue, part, add, down, up, sum);
                two(queue, part, add, sum, right, sum);
                two(queue, part, add, sum, left, sum);
                scaled(queue, part, 4, centre, product);
                two(queue, part, subtract, sum, product, sum);
                scaled(queue, part, diffusion.factor(), sum, product);
                two(queue, part, add, centre, product, next);
            }
            case Rule.Jacobi _ -> {
                two(queue, part, add, centre, left, sum);
                two(queue, part, add, sum, right, sum);
                two(queue, part, add, sum, up, sum);
                two(queue, part, add, sum, down, sum);
                scaled(queue, part, StencilSource.factor(rule), sum, next);
            }
        }
    }

    private static void two(Queue queue, Part part, Kernel kernel, Operand one, Operand other, Operand result) {
        run(queue, part, kernel.with(0, one.memory).with(1, one.at).with(2, other.memory).with(3, other.at)
                .with(4, result.memory).with(5, result.at).with(6, part.layout().stride()).with(7, part.layout().columns()));
    }

    private void scaled(Queue queue, Part part, double factor, Operand one, Operand result) {
        run(queue, part, scale.with(0, factor).with(1, one.memory).with(2, one.at).with(3, result.memory).with(4, result.at)
                .with(5, part.layout().stride()).with(6, part.layout().columns()));
    }

    private static void run(Queue queue, Part part, Kernel kernel) {
        queue.run(kernel, part.layout().columns(), part.rows(), GROUP, 1);
    }

    private void release() {
        if (sum != null) {
            sum.close();
            product.close();
        }
    }

    @Override
    public void close() {
        release();
        add.close();
        subtract.close();
        scale.close();
    }
}
