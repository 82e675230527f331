package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A launch does many iterations of each point. How many, is bounded: a launch cannot be stopped, the system resets a
 * display's GPU that does not answer for some seconds, and Ctrl-C should not have to wait either. Fewer points a launch
 * would not do: with a {@code maxiter} of 10^9 even one point takes too long, and few points leave most of a device
 * idle. So points go a slice of their iterations at a time, and z waits in the device's memory for the next.
 */
final class EscapeLoop implements EscapeSteps {
    /** Of all points of a launch: at peak rate a large GPU takes a millisecond for them, a small one some hundred. */
    private static final long MOST_ITERATIONS = 1L << 31;
    /** Of one point, which does them one after the other, however many points there are. */
    private static final long MOST_OF_A_POINT = 1 << 20;
    /** Slices are multiples of what is done without a test between. */
    private static final int UNTESTED = 8;

    private final Queue queue;
    private final Kernel kernel;
    private final Buffer re;
    private final Buffer im;
    private final Buffer inside;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment flag = arena.allocate(ValueLayout.JAVA_INT);
    private int points;

    EscapeLoop(Device device, Program program, Queue queue, EscapePoints memory) {
        this.queue = queue;
        this.kernel = program.kernel("escape");
        this.re = device.buffer(memory.most() * Double.BYTES);
        this.im = device.buffer(memory.most() * Double.BYTES);
        this.inside = device.buffer(Integer.BYTES);
        kernel.with(0, memory.x()).with(1, memory.y()).with(6, re).with(7, im).with(8, memory.counts().buffer())
                .with(9, inside);
    }

    @Override
    public int most(int points) {
        long slice = Math.clamp(MOST_ITERATIONS / points, UNTESTED, MOST_OF_A_POINT);
        return (int) (slice - slice % UNTESTED);
    }

    @Override
    public void start(int columns, int points, int maxiter) {
        this.points = points;
        kernel.with(2, columns).with(3, points);
        lower();
    }

    private void lower() {
        flag.set(ValueLayout.JAVA_INT, 0, 0);
        queue.write(inside, 0, flag);
    }

    @Override
    public void run(int from, int to) {
        queue.run(kernel.with(4, from).with(5, to), points, EscapePoints.GROUP);
    }

    @Override
    public boolean anyInside() {
        queue.read(inside, 0, flag);
        queue.finish();
        boolean any = flag.get(ValueLayout.JAVA_INT, 0) != 0;
        lower();
        return any;
    }

    @Override
    public void close() {
        kernel.close();
        re.close();
        im.close();
        inside.close();
        arena.close();
    }
}
