package ghostrow.gpu;

import java.util.ArrayList;
import java.util.List;

/**
 * A launch does one operation on all points: whole arrays, as NumPy has them, in the device's memory. A result goes to
 * arrays other than its operands', which the next result may have; and all points go through every iteration.
 */
final class EscapeOperations implements EscapeSteps {
    /** So that not too much waits in the queue. */
    private static final int ITERATIONS = 16;

    private final Device device;
    private final Queue queue;
    private final EscapePoints memory;
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Buffer> arrays = new ArrayList<>();
    private final Kernel start;
    private final Kernel times;
    private final Kernel plus;
    private final Kernel square;
    private final Kernel greater;
    private final Kernel zeroWhere;
    private final Kernel where;
    private final Buffer modulus;
    private final Buffer mask;
    private final Buffer moreCounts;
    private Numbers q;
    private Numbers z;
    private Numbers free;
    private Buffer counts;
    private Buffer freeCounts;
    private int points;

    /** Complex numbers. */
    private record Numbers(Buffer re, Buffer im) {
    }

    EscapeOperations(Device device, Program program, Queue queue, EscapePoints memory) {
        this.device = device;
        this.queue = queue;
        this.memory = memory;
        start = kernel(program, "start");
        times = kernel(program, "times");
        plus = kernel(program, "plus");
        square = kernel(program, "square");
        greater = kernel(program, "greater");
        zeroWhere = kernel(program, "zeroWhere");
        where = kernel(program, "where");
        modulus = array(Double.BYTES);
        mask = array(Byte.BYTES);
        moreCounts = array(Integer.BYTES);
        q = numbers();
        z = numbers();
        free = numbers();
    }

    private Kernel kernel(Program program, String name) {
        Kernel kernel = program.kernel(name);
        kernels.add(kernel);
        return kernel;
    }

    private Buffer array(long elementBytes) {
        Buffer buffer = device.buffer(memory.most() * elementBytes);
        arrays.add(buffer);
        return buffer;
    }

    private Numbers numbers() {
        return new Numbers(array(Double.BYTES), array(Double.BYTES));
    }

    @Override
    public int most(int points) {
        return ITERATIONS;
    }

    @Override
    public void start(int columns, int points, int maxiter) {
        this.points = points;
        // Each iteration swaps the two; the last leaves them where they are looked for.
        counts = maxiter % 2 == 0 ? memory.counts().buffer() : moreCounts;
        freeCounts = maxiter % 2 == 0 ? moreCounts : memory.counts().buffer();
        launch(start.with(1, memory.x()).with(2, memory.y()).with(3, columns).with(4, q.re).with(5, q.im).with(6, z.re)
                .with(7, z.im).with(8, maxiter).with(9, counts));
    }

    @Override
    public void run(int from, int to) {
        for (int n = from; n < to; n++) {
            Numbers squared = result(times.with(1, z.re).with(2, z.im).with(3, z.re).with(4, z.im), 5, z);
            z = result(plus.with(1, squared.re).with(2, squared.im).with(3, q.re).with(4, q.im), 5, squared);
            launch(square.with(1, z.re).with(2, z.im).with(3, modulus));
            launch(greater.with(1, modulus).with(2, mask));
            q = result(zeroWhere.with(1, mask).with(2, q.re).with(3, q.im), 4, q);
            z = result(zeroWhere.with(1, mask).with(2, z.re).with(3, z.im), 4, z);
            launch(where.with(1, mask).with(2, n).with(3, counts).with(4, freeCounts));
            Buffer before = counts;
            counts = freeCounts;
            freeCounts = before;
        }
    }

    /** @param unneeded what nobody needs any more when the operation is done */
    private Numbers result(Kernel operation, int argument, Numbers unneeded) {
        Numbers result = free;
        launch(operation.with(argument, result.re).with(argument + 1, result.im));
        free = unneeded;
        return result;
    }

    private void launch(Kernel operation) {
        queue.run(operation.with(0, points), points, EscapePoints.GROUP);
    }

    @Override
    public boolean anyInside() {
        queue.finish();
        return true;
    }

    @Override
    public void close() {
        kernels.forEach(Kernel::close);
        arrays.forEach(Buffer::close);
    }
}
