package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A queue, and rows that the device counts by it. */
final class EscapeLane implements AutoCloseable {
    /** Launches that are enqueued before anybody looks whether more are needed. */
    private static final int LAUNCHES = 16;

    private final Device device;
    private final Program program;
    private final EscapeText style;
    private final boolean copies;
    private final Queue queue;

    /** Null until it is known for how many points. */
    private EscapePoints memory;
    private EscapeSteps steps;
    private Arena arena;
    private MemorySegment coordinates;

    private boolean begun;
    private int points;
    private int maxiter;
    private int done;

    EscapeLane(Device device, Program program, EscapeText style, boolean copies) {
        this.device = device;
        this.program = program;
        this.style = style;
        this.copies = copies;
        this.queue = device.queue();
    }

    void begin(double[] x, double[] y, int most) {
        if (begun) {
            throw new IllegalStateException("rows are being counted already");
        }
        begun = true;
        points = Math.multiplyExact(x.length, y.length);
        maxiter = most;
        done = 0;
        makeRoom(x.length, y.length);
        write(memory.x(), x, 0);
        write(memory.y(), y, memory.x().bytes());
        steps.start(x.length, points, maxiter);
        enqueue();
    }

    private void makeRoom(int columns, int rows) {
        if (memory != null && memory.fit(columns, rows)) {
            return;
        }
        release();
        memory = EscapePoints.of(device, queue, columns, rows, copies);
        steps = style == EscapeText.ARRAY ? new EscapeOperations(device, program, queue, memory)
                : new EscapeLoop(device, program, queue, memory);
        arena = Arena.ofShared();
        coordinates = arena.allocate(memory.x().bytes() + memory.y().bytes(), Double.BYTES);
    }

    private void write(Buffer into, double[] values, long offset) {
        MemorySegment from = coordinates.asSlice(offset, (long) values.length * Double.BYTES);
        MemorySegment.copy(values, 0, from, ValueLayout.JAVA_DOUBLE, 0, values.length);
        queue.write(into, 0, from);
    }

    private void enqueue() {
        int launches = 0;
        do {
            int next = (int) Math.min(maxiter, (long) done + steps.most(points));
            steps.run(done, next);
            done = next;
            launches++;
        } while (done < maxiter && launches < LAUNCHES);
        if (done == maxiter) {
            memory.counts().bring(bytes());
        }
        queue.flush();
    }

    private long bytes() {
        return (long) points * Integer.BYTES;
    }

    /** Waits for the counts, which stay until {@link #giveBack}. */
    MemorySegment await() {
        while (done < maxiter) {
            if (steps.anyInside()) {
                enqueue();
            } else {
                done = maxiter;
                memory.counts().bring(bytes());
            }
        }
        return memory.counts().await(bytes());
    }

    void giveBack() {
        memory.counts().send(0);
        begun = false;
    }

    private void release() {
        if (memory != null) {
            queue.finish();
            steps.close();
            memory.close();
            arena.close();
            memory = null;
        }
    }

    @Override
    public void close() {
        release();
        queue.close();
    }
}
