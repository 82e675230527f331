package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.formula.DeviceText;
import ghostrow.gpu.Buffer;
import ghostrow.gpu.Cells;
import ghostrow.gpu.Device;
import ghostrow.gpu.Devices;
import ghostrow.gpu.ElementKernel;
import ghostrow.gpu.Program;
import ghostrow.gpu.Queue;
import ghostrow.gpu.TestDevice;
import ghostrow.kernel.Rule;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The textbook's formula steps a grid on a device as the rule does, bit for bit. */
class DeviceTextTest {
    private static final int ROWS = 60;
    private static final int COLUMNS = 47;
    private static final int STEPS = 100;
    /** As fields have it: rows with room on both sides. */
    private static final int STRIDE = 72;
    private static final int ORIGIN = 15;
    private static final int SIZE = ORIGIN + (ROWS + 2) * STRIDE;

    @Test
    void aHundredStepsOnAPaddedGridAreThePlainLoops() {
        try (Device device = Device.open(Devices.find().of(TestDevice.NAME, 0)); Queue queue = device.queue()) {
            for (Rule rule : new Rule[] {new Rule.Diffusion(0.2437), new Rule.Jacobi()}) {
                double[] cells = new Random(3).doubles(SIZE, -1, 1).toArray();
                double[] there = onDevice(device, queue, FormulaStencils.openCl(rule), cells);
                double[] here = plain(rule, cells);
                for (int i = 0; i < SIZE; i++) {
                    // What lies around the grid is as it was, too.
                    assertEquals(Double.doubleToRawLongBits(here[i]), Double.doubleToRawLongBits(there[i]), rule + ", " + i);
                }
            }
        }
    }

    private static double[] onDevice(Device device, Queue queue, DeviceText text, double[] cells) {
        long bytes = (long) SIZE * Double.BYTES;
        try (Arena arena = Arena.ofConfined(); Program program = device.build(text.source());
                ElementKernel kernel = new ElementKernel(program, text); Buffer one = device.buffer(bytes);
                Buffer other = device.buffer(bytes)) {
            MemorySegment host = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, cells);
            queue.write(one, 0, host);
            queue.write(other, 0, host);
            for (int step = 0; step < STEPS; step++) {
                Buffer from = step % 2 == 0 ? one : other;
                Buffer to = step % 2 == 0 ? other : one;
                kernel.memory("p", new Cells(from, ORIGIN, STRIDE));
                // In two parts, as of a strip whose edges are stepped first.
                Cells out = new Cells(to, ORIGIN + STRIDE + 1, STRIDE);
                kernel.run(queue, out, 0, 7, COLUMNS);
                kernel.run(queue, out, 7, ROWS, COLUMNS);
            }
            queue.read(STEPS % 2 == 0 ? one : other, 0, host);
            queue.finish();
            return host.toArray(ValueLayout.JAVA_DOUBLE);
        }
    }

    private static double[] plain(Rule rule, double[] cells) {
        double[] from = cells.clone();
        double[] to = cells.clone();
        for (int step = 0; step < STEPS; step++) {
            for (int row = 1; row <= ROWS; row++) {
                for (int column = 1; column <= COLUMNS; column++) {
                    int at = ORIGIN + row * STRIDE + column;
                    to[at] = rule.next(from[at], from[at - STRIDE], from[at + STRIDE], from[at - 1], from[at + 1]);
                }
            }
            double[] taken = from;
            from = to;
            to = taken;
        }
        return from;
    }
}
