package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Opening a device, and making it do something. */
class DeviceTest {
    private static final String TWICE = """
            kernel void twice(global const double *from, global double *to, long n, double plus) {
                long i = get_global_id(0);
                if (i < n) {
                    to[i] = 2 * from[i] + plus;
                }
            }
            """;

    private static Device open() {
        return Device.open(Devices.find().of(TestDevice.NAME, 0));
    }

    @Test
    void computesWhatItIsTold() {
        try (Device device = open(); Program program = device.build(TWICE); Kernel twice = program.kernel("twice");
                Buffer from = device.buffer(24); Buffer to = device.buffer(24); Queue queue = device.queue();
                Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3);
            queue.write(from, 0, numbers);
            queue.run(twice.with(0, from).with(1, to).with(2, 3L).with(3, 0.5), 3, 8);
            queue.read(to, 0, numbers);
            queue.finish();
            assertArrayEquals(new double[] {2.5, 4.5, 6.5}, numbers.toArray(ValueLayout.JAVA_DOUBLE));
        }
    }

    @Test
    void oneQueueWaitsForAnother() {
        try (Device device = open(); Program program = device.build(TWICE); Kernel twice = program.kernel("twice");
                Buffer from = device.buffer(1 << 20); Buffer to = device.buffer(1 << 20); Queue one = device.queue();
                Queue other = device.queue(); Pinned pinned = device.pinned(1 << 20, other)) {
            long n = pinned.memory().byteSize() / Double.BYTES;
            for (long i = 0; i < n; i++) {
                pinned.memory().setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
            }
            one.write(from, 0, pinned.memory());
            one.run(twice.with(0, from).with(1, to).with(2, n).with(3, 1.0), n, 64);
            Queue.Mark computed = one.mark();
            one.flush();
            other.after(computed);
            other.read(to, 0, pinned.memory());
            Queue.Mark read = other.mark();
            other.await(read);
            assertEquals(2.0 * (n - 1) + 1, pinned.memory().getAtIndex(ValueLayout.JAVA_DOUBLE, n - 1));
        }
    }

    @Test
    void saysWhichLineCannotBeCompiled() {
        try (Device device = open()) {
            String message = assertThrows(GpuException.class,
                    () -> device.build("kernel void wrong(global double *a) {\n    a[0] = undefined_name;\n}\n")).getMessage();
            assertTrue(message.contains("undefined_name"), message);
            assertTrue(message.contains("   9      a[0] = undefined_name;"), message);
        }
    }
}
