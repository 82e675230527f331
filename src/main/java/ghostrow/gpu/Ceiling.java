package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a device allows, to hold kernels against: measured, each the best of several tries, from putting the work into a
 * queue to its end.
 *
 * @param bytes  how many were copied at a time
 * @param copied bytes a second read plus bytes written, by the driver's own copy or a kernel's, whichever is faster
 * @param added  additions of doubles a second that do not wait for each other
 */
public record Ceiling(long bytes, double copied, double added) {
    /** Past any cache, and no more than an eighth of a small device. */
    private static final long BYTES = 512L << 20;
    private static final int PART = 8;

    private static final int GROUP = 256;
    /** Items for each compute unit: as many as one holds at a time. */
    private static final int ITEMS = 2048;
    private static final int ROUNDS = 512;
    private static final int CHAINS = 8;

    private static final int TRIES = 8;
    private static final long TRY_NANOS = 20_000_000;
    private static final long MOST_IN_A_TRY = 500;
    private static final long ENOUGH_NANOS = 400_000_000;

    private static final String SOURCE = """
            kernel void fill(global double *to) {
                to[get_global_id(0)] = get_global_id(0);
            }

            kernel void copy(global const double *from, global double *to) {
                to[get_global_id(0)] = from[get_global_id(0)];
            }

            kernel void add(global double *to, double one, int rounds) {
                double a = get_global_id(0), b = 1, c = 2, d = 3, e = 4, f = 5, g = 6, h = 7;
                for (int i = 0; i < rounds; i++) {
                    a += one; b += one; c += one; d += one; e += one; f += one; g += one; h += one;
                }
                to[get_global_id(0)] = a + b + c + d + e + f + g + h;
            }
            """;

    public static Ceiling of(Device device) {
        try (Program program = device.build(SOURCE); Queue queue = device.queue()) {
            DeviceInfo info = device.info();
            long group = Math.min(GROUP, info.group());
            long most = Math.min(BYTES, Math.min(info.largest(), info.memory() / PART));
            long bytes = Math.max(1, most / (group * Double.BYTES)) * group * Double.BYTES;
            return new Ceiling(bytes, copied(device, program, queue, bytes, group),
                    added(device, program, queue, Math.max(1, info.units()) * ITEMS, group));
        }
    }

    private static double copied(Device device, Program program, Queue queue, long bytes, long group) {
        try (Buffer from = device.buffer(bytes); Buffer to = device.buffer(bytes); Kernel fill = program.kernel("fill");
                Kernel copy = program.kernel("copy")) {
            long items = bytes / Double.BYTES;
            queue.run(fill.with(0, from), items, group);
            copy.with(0, from).with(1, to);
            double byKernel = perSecond(queue, () -> queue.run(copy, items, group));
            check(queue, to, items - 1, items - 1);
            return 2 * bytes * Math.max(byKernel, perSecond(queue, () -> queue.copy(from, 0, to, 0, bytes)));
        }
    }

    private static double added(Device device, Program program, Queue queue, long items, long group) {
        long whole = Math.ceilDiv(items, group) * group;
        try (Buffer to = device.buffer(whole * Double.BYTES); Kernel add = program.kernel("add")) {
            add.with(0, to).with(1, 1.0).with(2, ROUNDS);
            double launches = perSecond(queue, () -> queue.run(add, whole, group));
            check(queue, to, whole - 1, whole - 1 + CHAINS * (CHAINS - 1) / 2 + (double) CHAINS * ROUNDS);
            return launches * whole * CHAINS * ROUNDS;
        }
    }

    /** What has not been computed has not been measured. */
    private static void check(Queue queue, Buffer buffer, long at, double expected) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_DOUBLE);
            queue.read(buffer, at * Double.BYTES, value);
            queue.finish();
            double found = value.get(ValueLayout.JAVA_DOUBLE, 0);
            if (found != expected) {
                throw new GpuException("the device computes " + found + " where " + expected + " is right");
            }
        }
    }

    /** How many times a second something is done, of which so many are put into the queue at once that waiting is nothing. */
    private static double perSecond(Queue queue, Runnable put) {
        nanos(queue, put, 1);
        long times = Math.clamp(TRY_NANOS / Math.max(1, nanos(queue, put, 1)), 1, MOST_IN_A_TRY);
        long best = Long.MAX_VALUE;
        long start = System.nanoTime();
        for (int i = 0; i < TRIES && System.nanoTime() - start < ENOUGH_NANOS; i++) {
            best = Math.min(best, nanos(queue, put, times));
        }
        return times * 1e9 / best;
    }

    private static long nanos(Queue queue, Runnable put, long times) {
        long start = System.nanoTime();
        for (long i = 0; i < times; i++) {
            put.run();
        }
        queue.finish();
        return Math.max(1, System.nanoTime() - start);
    }
}
