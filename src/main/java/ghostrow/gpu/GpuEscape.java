package ghostrow.gpu;

import ghostrow.kernel.Escape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Counts escapes on a device, which has the next rows to count while the host does its share of those before: counts
 * doubtful points again, adds up, and whatever its caller does with the counts.
 *
 * <pre>
 *   device   | rows 0 | rows 1 | rows 2 | rows 3 |
 *   host     | begins | finishes 0, begins 2 | finishes 1, begins 3 | ...
 * </pre>
 */
public final class GpuEscape implements Escape {
    /** Rows in the device's hands, and rows in the host's. */
    private static final int LANES = 2;

    private final Device device;
    private final Program program;
    private final EscapeLane[] lanes;
    private long begun;
    private long recounted;

    private GpuEscape(Device device, Program program, EscapeText style, boolean copies) {
        this.device = device;
        this.program = program;
        this.lanes = Stream.generate(() -> new EscapeLane(device, program, style, copies)).limit(LANES)
                .toArray(EscapeLane[]::new);
    }

    /**
     * Opens a device for it, and counts a point: some drivers finish compiling only then.
     *
     * @param copies whether counts are copied also from a device that could leave them in the host's memory
     */
    public static GpuEscape open(DeviceInfo info, EscapeText style, boolean copies) {
        Device device = Device.open(info);
        GpuEscape escape = new GpuEscape(device, device.build(style.text()), style, copies);
        escape.rows(new double[1], new double[1], 1, new int[1]);
        return escape;
    }

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        int[] row = new int[to - from];
        Tally tally = rows(Arrays.copyOfRange(x, from, to), new double[] {y}, maxiter, row);
        System.arraycopy(row, 0, counts, from, row.length);
        return tally;
    }

    @Override
    public Tally rows(double[] x, double[] y, int maxiter, int[] counts) {
        return begin(x, y, maxiter).finish(counts);
    }

    @Override
    public int mostBegun() {
        return LANES;
    }

    @Override
    public Begun begin(double[] x, double[] y, int maxiter) {
        if (x.length == 0 || y.length == 0) {
            return _ -> Tally.NONE;
        }
        EscapeLane lane = lanes[(int) (begun++ % LANES)];
        lane.begin(x, y, maxiter);
        return counts -> finish(lane, x, y, maxiter, counts);
    }

    private Tally finish(EscapeLane lane, double[] x, double[] y, int maxiter, int[] counts) {
        int points = x.length * y.length;
        MemorySegment.copy(lane.await(), ValueLayout.JAVA_INT, 0, counts, 0, points);
        lane.giveBack();
        for (int i = 0; i < points; i++) {
            if (counts[i] == EscapeText.DOUBTFUL) {
                counts[i] = Escape.byDefinition(x[i % x.length], y[i / x.length], maxiter);
                recounted++;
            }
        }
        return Tally.of(counts, 0, points, maxiter);
    }

    /** How many points were doubtful so far. */
    public long recounted() {
        return recounted;
    }

    @Override
    public void close() {
        for (EscapeLane lane : lanes) {
            lane.close();
        }
        program.close();
        device.close();
    }
}
