package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.grid.Team;
import ghostrow.run.Closing;
import ghostrow.run.Digest;
import ghostrow.run.Job;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.WarmUp;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** The area under a curve: points are dealt to ranks and threads, and the sum is the same whoever takes part. */
final class Auc {
    private final Job job;
    private final Curve curve;
    private final long intervals;
    private final Doubling doubling;
    private final int threads;
    private final DeviceOptions device;
    private final RecordOptions record;
    private final WarmUp warmUp;
    private volatile boolean unsettled;

    /** @param doubling null where {@code intervals} are all there are */
    Auc(Job job, Curve curve, long intervals, Doubling doubling, int threads, DeviceOptions device, RecordOptions record,
            WarmUp warmUp) {
        this.job = job;
        this.curve = curve;
        this.intervals = intervals;
        this.doubling = doubling;
        this.threads = threads;
        this.device = device;
        this.record = record;
        this.warmUp = warmUp;
    }

    void run(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        try (Team team = new Team(threads, job.ranksInThisProcess());
                Machine machine = device.open(comm, curve.sum(), Long.MAX_VALUE)) {
            warmUp.await();
            new Integral(comm, team, curve, machine.sums(threads), new Phases()).warmUp(intervals);
            Integral integral = new Integral(comm, team, curve, machine.sums(threads), phases);
            phases.begin(comm, Phase.STEP);
            Area area = doubling == null ? integral.of(intervals) : doubling.settle(comm, intervals, integral::of);
            phases.enter(Phase.DIGEST);
            close(comm, phases, machine, area);
        }
    }

    /** Whether a tolerance was not reached: rank 0 says so when all else has been said. */
    boolean unsettled() {
        return unsettled;
    }

    /** Says what came out. Collective. */
    private void close(Comm comm, Phases phases, Machine machine, Area area) throws IOException {
        String digest = record.wantsDigest() ? digest(comm, area.value()) : null;
        phases.enter(Phase.CLOSING);
        Closing closing = new Closing("auc", comm, job, threads, "formula", 0, phases, record);
        if (comm.rank() == 0) {
            say(closing.withDigest(digest), machine, area);
            unsettled = !area.settled();
        }
    }

    private void say(Closing closing, Machine machine, Area area) throws IOException {
        double perSecond = area.intervals() / closing.times().of(Phase.STEP, Phase.EXCHANGE, Phase.WAIT);
        Optional<Double> exact = curve.isPublished() ? Optional.of(PublishedCurve.area(curve.from(), curve.to()))
                : Optional.empty();
        closing.line("curve", "%s from %s to %s", curve.formula().strip(), curve.from(), curve.to())
                .line("rule", "%s, %d intervals%s", curve.rule(), area.intervals(), doubling == null ? ""
                        : area.settled() ? ", half and a quarter as many differ by at most " + doubling.tolerance()
                        : ", not settled")
                .ranksLine();
        machine.tell(closing);
        closing.timesLine();
        if (doubling == null) {
            closing.line("speed", "%.3g points/s", perSecond);
        }
        exact.ifPresent(value -> closing.line("error", "%.3g (exact %s)", area.value() - value, value));
        closing.print();
        System.out.println("The area is " + area.value());
        closing.with("points", area.intervals()).with("area", area.value())
                .with("exact", exact.orElse(null)).with("error", exact.map(value -> area.value() - value).orElse(null))
                .with("pointsPerSecond", perSecond).with("imbalance", closing.times().imbalance())
                .with("formula", curve.formula()).with("from", curve.from()).with("to", curve.to())
                .with("rule", curve.rule().name()).with("settled", area.settled())
                .write();
    }

    /** The area as a field of one row of one value. */
    private static String digest(Comm comm, double area) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, area);
            return Digest.of(comm, comm.rank() == 0 ? 1 : 0, row -> value);
        }
    }
}
