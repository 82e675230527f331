package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Reverses a group's numbers through its local memory, with a barrier or, if told so, without, and prints them. */
final class Reversal {
    private static final String SOURCE = """
            kernel void reverse(global double *numbers) {
                local double group[8];
                int i = get_local_id(0);
                group[i] = numbers[i];
                BARRIER
                numbers[i] = group[7 - i];
            }
            """;

    private Reversal() {
    }

    public static void main(String[] args) {
        String source = SOURCE.replace("BARRIER", args[0].equals("barrier") ? "barrier(CLK_LOCAL_MEM_FENCE);" : ";");
        try (Device device = Device.open(Devices.find().of(RaceCheck.DEVICE, 0)); Program program = device.build(source);
                Kernel reverse = program.kernel("reverse"); Buffer buffer = device.buffer(8 * Double.BYTES);
                Queue queue = device.queue(); Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3, 4, 5, 6, 7, 8);
            queue.write(buffer, 0, numbers);
            queue.run(reverse.with(0, buffer), 8, 8);
            queue.read(buffer, 0, numbers);
            queue.finish();
            System.out.println(Arrays.toString(numbers.toArray(ValueLayout.JAVA_DOUBLE)));
        }
    }
}
