package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Has the device of that name do all that is asked of one here, and prints what came of it, which is the same on every
 * device and by every library; or prints why there is no such device.
 */
final class EveryFunction {
    private static final String SOURCE = """
            kernel void fill(global double *to, long columns, int rows, double plus) {
                long column = get_global_id(0);
                long row = get_global_id(1);
                if (column < columns && row < rows) {
                    to[row * columns + column] = 1.0 / (row * columns + column + plus);
                }
            }

            kernel void add(global const double *from, global double *to, long n) {
                long i = get_global_id(0);
                if (i < n) {
                    to[i] += from[i];
                }
            }
            """;
    private static final int COLUMNS = 6;
    private static final int ROWS = 5;
    private static final int N = COLUMNS * ROWS;

    private EveryFunction() {
    }

    public static void main(String[] args) {
        Devices devices = Devices.find();
        Optional<String> missing = devices.missing(args[0]);
        if (missing.isPresent()) {
            System.out.println("missing: " + missing.get());
            return;
        }
        DeviceInfo info = devices.of(args[0], 0);
        print("described", !info.name().equals("unknown") && !info.platform().equals("unknown")
                && !info.version().equals("unknown") && !info.driver().equals("unknown") && info.memory() > 0 && info.largest() > 0 && info.local() > 0
                && info.group() > 0 && info.units() > 0);
        try (Device device = Device.open(info); Arena arena = Arena.ofConfined()) {
            work(device, arena);
            try {
                device.build("kernel void wrong(global double *a) {\n    a[0] = undefined_name;\n}\n");
            } catch (GpuException e) {
                print("build log", e.getMessage().contains("undefined_name"));
            }
        }
    }

    private static void work(Device device, Arena arena) {
        try (Program program = device.build(SOURCE); Kernel fill = program.kernel("fill"); Kernel add = program.kernel("add");
                Buffer one = device.buffer(N * Double.BYTES); Buffer other = device.buffer(N * Double.BYTES);
                Queue queue = device.queue(); Queue second = device.queue();
                Pinned pinned = device.pinned(N * Double.BYTES, second)) {
            print("group", fill.largestGroup() > 0);
            queue.run(fill.with(0, one).with(1, (long) COLUMNS).with(2, ROWS).with(3, 0.5), COLUMNS, ROWS, 4, 2);
            queue.copy(one, 0, other, 0, N * Double.BYTES);
            queue.run(add.with(0, one).with(1, other).with(2, (long) N), N, 8);
            Queue.Mark added = queue.mark();
            queue.flush();
            second.after(added);
            second.read(other, 0, pinned.memory());
            second.await(second.mark());
            print("by two queues", equal(pinned.memory(), i -> 2 * (1.0 / (i + 0.5))));

            MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, IntStream.range(0, N).asDoubleStream()
                    .toArray());
            queue.write(one, 0, numbers);
            queue.copy(one, 0, other, Double.BYTES, (N - 1) * Double.BYTES);
            queue.read(other, Double.BYTES, numbers.asSlice(0, Double.BYTES));
            queue.read(other, (N - 1) * Double.BYTES, numbers.asSlice(Double.BYTES, Double.BYTES));
            queue.finish();
            print("by parts", numbers.getAtIndex(ValueLayout.JAVA_DOUBLE, 0) == 0
                    && numbers.getAtIndex(ValueLayout.JAVA_DOUBLE, 1) == N - 2);
        }
    }

    private static boolean equal(MemorySegment found, java.util.function.IntToDoubleFunction expected) {
        return IntStream.range(0, N).allMatch(i -> Double.doubleToLongBits(found.getAtIndex(ValueLayout.JAVA_DOUBLE, i))
                == Double.doubleToLongBits(expected.applyAsDouble(i)));
    }

    private static void print(String what, boolean right) {
        System.out.println(what + (right ? ": right" : ": WRONG"));
    }
}
