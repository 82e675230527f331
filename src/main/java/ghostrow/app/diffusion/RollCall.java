package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.run.StopSignals;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * All ranks agree, after the same step, whether to go on, to write a checkpoint, or to write one and stop. A signal
 * may reach one rank alone, and clocks differ; so the ranks ask each other, about twenty times a second: rarely
 * enough to cost nothing, and often enough to stop at once.
 */
final class RollCall implements AutoCloseable {
    enum Verdict { GO_ON, CHECKPOINT, STOP }

    private static final double SECONDS = 0.05;

    private final Comm comm;
    private final StopSignals signals;
    private final double checkpointEvery;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment mine = arena.allocate(ValueLayout.JAVA_LONG, 2);
    private final MemorySegment agreed = arena.allocate(ValueLayout.JAVA_LONG, 2);
    private long lastStep;
    private long nextStep;
    private long lastNanos = System.nanoTime();
    private long checkpointNanos = lastNanos;
    private boolean stopping;

    /** @param checkpointEvery seconds between checkpoints; 0 for none but the last */
    RollCall(Comm comm, StopSignals signals, double checkpointEvery, long step) {
        this.comm = comm;
        this.signals = signals;
        this.checkpointEvery = checkpointEvery;
        this.lastStep = step;
        this.nextStep = step + 1;
    }

    /** To be called by all ranks after the same steps. */
    Verdict after(long step) {
        if (step < nextStep) {
            return Verdict.GO_ON;
        }
        long now = System.nanoTime();
        double stepsASecond = (step - lastStep) / ((now - lastNanos) / 1e9);
        // No more than four times as long as the last time: the first steps run slow code.
        long until = (long) Math.clamp(stepsASecond * SECONDS, 1, 4.0 * (step - lastStep));
        boolean due = checkpointEvery > 0 && comm.rank() == 0 && (now - checkpointNanos) / 1e9 >= checkpointEvery;
        Verdict wish = signals.received().isPresent() ? Verdict.STOP : due ? Verdict.CHECKPOINT : Verdict.GO_ON;
        mine.setAtIndex(ValueLayout.JAVA_LONG, 0, wish.ordinal());
        mine.setAtIndex(ValueLayout.JAVA_LONG, 1, -until);
        comm.allreduce(Comm.Op.MAX, Comm.Type.LONG, mine, agreed);
        lastStep = step;
        lastNanos = now;
        nextStep = step - agreed.getAtIndex(ValueLayout.JAVA_LONG, 1);
        Verdict verdict = Verdict.values()[(int) agreed.getAtIndex(ValueLayout.JAVA_LONG, 0)];
        if (verdict == Verdict.CHECKPOINT) {
            checkpointNanos = now;
        }
        stopping |= verdict == Verdict.STOP;
        return verdict;
    }

    @Override
    public void close() {
        if (!stopping) {
            // Else the signal's like may still come, from a launcher that ends what is left of the ranks.
            signals.heedNoMore();
        }
        arena.close();
    }
}
