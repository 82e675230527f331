package ghostrow.profile;

import ghostrow.comm.CommCall;
import ghostrow.comm.Ledger.Costs;
import ghostrow.profile.Function.Order;
import ghostrow.trace.RankTrace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What a profile comes to, in sentences, each with its figure: what costs most, who waits for whom, what to try. */
final class Findings {
    private static final double WORTH_A_WORD = 0.02;
    private static final int MOST_WAITS = 3;
    private static final long FEW_SAMPLES = 100;
    private static final double MUCH = 0.1;
    private static final double SURE = 3;

    private final Profile profile;
    private final List<Finding> found = new ArrayList<>();

    /** @param about cost, wait, memory, try or note */
    record Finding(String about, String text) {
    }

    private Findings(Profile profile) {
        this.profile = profile;
    }

    /** Reads what has been measured, so it is asked once. */
    static List<Finding> of(Profile profile) throws IOException {
        Findings findings = new Findings(profile);
        findings.cost();
        Work.sentence(profile.work()).ifPresent(sentence -> findings.found.add(new Finding("rate", sentence)));
        findings.waits();
        findings.calls();
        findings.memory();
        findings.notes();
        return List.copyOf(findings.found);
    }

    private void say(String about, String format, Object... values) {
        found.add(new Finding(about, Units.format(format, values)));
    }

    private void cost() {
        double all = profile.samples().time().total();
        List<Function> byOwn = Function.sorted(profile.functions(), Order.own).stream()
                .filter(each -> !Frames.isCall(each.name())).toList();
        if (all > 0 && !byOwn.isEmpty() && byOwn.getFirst().ownSeconds() > MUCH * all) {
            Function most = byOwn.getFirst();
            say("cost", "%s costs most: %s of the processor time that the ranks' threads took (%s of %s)", most.name(),
                    Units.percent(most.ownSeconds() / all), Units.seconds(most.ownSeconds()), Units.seconds(all));
        }
        double run = profile.traces().stream().mapToDouble(RankTrace::seconds).sum();
        double compiling = DoubleStream.of(profile.samples().compiling()).sum();
        double collecting = DoubleStream.of(profile.samples().collecting()).sum();
        if (run > 0 && compiling > MUCH * run) {
            say("try", "the JVM compiled beside the run, for %s: a longer run shows better what the program itself costs",
                    Units.seconds(compiling));
        }
        if (run > 0 && collecting > WORTH_A_WORD * run) {
            say("try", "the collector of Java's heap took %s: see what allocates with --profile=memory",
                    Units.seconds(collecting));
        }
    }

    private record Wait(int rank, int late, double seconds, double share, long times) {
    }

    private void waits() {
        List<Wait> waits = new ArrayList<>();
        for (RankTrace trace : profile.traces()) {
            double covered = profile.covered(trace);
            for (int late = 0; late < profile.ranks() && covered > 0; late++) {
                double seconds = profile.waits()[trace.rank()][late];
                waits.add(new Wait(trace.rank(), late, seconds, seconds / covered, profile.lates()[trace.rank()][late]));
            }
        }
        waits.sort(Comparator.comparingDouble(Wait::share).reversed());
        waits.stream().limit(MOST_WAITS).filter(wait -> wait.share >= WORTH_A_WORD).forEach(wait ->
                say("wait", "rank %d waited %s of its time for rank %d (%s in %d calls)", wait.rank,
                        Units.percent(wait.share), wait.late, Units.seconds(wait.seconds), wait.times));
        if (!waits.isEmpty() && waits.getFirst().share >= WORTH_A_WORD) {
            blame();
        }
    }

    /** A rank that is waited for may itself have waited; who is behind it all waits least. */
    private void blame() {
        double[] waited = new double[profile.ranks()];
        double[] caused = new double[profile.ranks()];
        for (int rank = 0; rank < waited.length; rank++) {
            for (int late = 0; late < waited.length; late++) {
                waited[rank] += profile.waits()[rank][late];
                caused[late] += profile.waits()[rank][late];
            }
        }
        int behind = profile.traces().stream().map(RankTrace::rank)
                .max(Comparator.comparingDouble(rank -> caused[rank] - waited[rank])).orElseThrow();
        if (caused[behind] > 2 * waited[behind]) {
            say("try", "rank %d comes late by its own doing: others waited %s for it, and it waited %s for others; give it "
                    + "less to do, or find what holds it up", behind, Units.seconds(caused[behind]),
                    Units.seconds(waited[behind]));
            idle(behind);
        }
    }

    /** What of a rank's time went neither to computing nor to calls; with a team of threads nobody can tell. */
    private void idle(int rank) {
        RankTrace trace = profile.traces().stream().filter(each -> each.rank() == rank).findFirst().orElseThrow();
        double calling = trace.calls().values().stream().mapToDouble(Costs::seconds).sum();
        double computing = profile.functions().stream().filter(each -> !Frames.isCall(each.name()))
                .mapToDouble(each -> each.own()[rank]).sum();
        double idle = trace.seconds() - calling - computing;
        // What was computed is known by so many samples, and they by the square root of their number.
        double period = profile.samples().period();
        double unsure = SURE * Math.sqrt(Math.max(computing, period) * period);
        if (trace.number("threads") == 1 && idle > Math.max(MUCH * trace.seconds(), unsure)) {
            say("try", "rank %d neither computed nor called for %s (%s of its time): it slept, waited for a disk, or had no "
                    + "core to itself", rank, Units.seconds(idle), Units.percent(idle / trace.seconds()));
        }
    }

    private void calls() {
        double run = profile.traces().stream().mapToDouble(RankTrace::seconds).sum();
        Map<CommCall, List<Costs>> calls = profile.calls();
        calls.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> entry.getValue().stream().mapToDouble(Costs::seconds).sum()))
                .ifPresent(most -> {
                    double seconds = most.getValue().stream().mapToDouble(Costs::seconds).sum();
                    double waiting = most.getValue().stream().mapToDouble(Costs::waiting).sum();
                    long times = most.getValue().stream().mapToLong(Costs::calls).sum();
                    if (profile.ranks() > 1 && seconds > WORTH_A_WORD * run) {
                        say("cost", "of all calls between ranks, %s took most: %s of the ranks' time in %d calls, %s of it "
                                + "waiting", most.getKey().label(), Units.percent(seconds / run), times,
                                Units.percent(waiting / seconds));
                    }
                });
    }

    private void memory() {
        RankTrace most = profile.traces().stream().max(Comparator.comparingDouble(Findings::peak)).orElseThrow();
        say("memory", "rank %d had most memory in use: %s at its peak", most.rank(), Units.bytes(peak(most)));
        if (profile.samples().seesAllocation() && profile.samples().memory().total() > 0) {
            CallTree memory = profile.samples().memory().ofTheProgram(profile.samples().frames());
            List<Function> takers = Function.of(memory, profile.samples().frames(), profile.ranks(), Map.of());
            Function taker = Function.sorted(takers, Order.own).getFirst();
            say("memory", "%s took most from Java's heap: about %s of %s", taker.name(), Units.bytes(taker.ownSeconds()),
                    Units.bytes(profile.samples().memory().total()));
        }
    }

    private static double peak(RankTrace trace) {
        return Arrays.stream(trace.longs("memoryResident")).max().orElse(0);
    }

    private void notes() {
        long samples = profile.samples().time().samples();
        if (samples < FEW_SAMPLES) {
            say("note", "only %d samples were taken in %s: shares are rough, a longer run tells more", samples,
                    Units.seconds(profile.seconds()));
        }
        if (!profile.missing().isEmpty()) {
            say("note", "%s left no profile: what they did, and who waited for them, is not known",
                    profile.missing().size() == 1 ? "rank " + profile.missing().getFirst() : "ranks " + profile.missing());
        }
        List<Integer> cut = profile.traces().stream().filter(trace -> !trace.is("complete")).map(RankTrace::rank).toList();
        if (!cut.isEmpty()) {
            say("note", "%s ended before the end of the run: shown is what was saved until then",
                    cut.size() == 1 ? "rank " + cut.getFirst() : "ranks " + cut);
        }
        for (String file : profile.samples().unread()) {
            say("note", "%s holds no samples, or was cut off: its functions are missing", file);
        }
        long dropped = profile.traces().stream().mapToLong(RankTrace::dropped).max().orElse(0);
        if (dropped > 0) {
            RankTrace least = profile.traces().stream().min(Comparator.comparingDouble(profile::covered)).orElseThrow();
            say("note", "calls and phases are known one by one for the last %s of %s alone: %d older ones of a rank made "
                    + "room", Units.seconds(profile.covered(least)), Units.seconds(least.seconds()), dropped);
        }
        say("note", "to begin took the recorder %s a process, before the first step",
                Units.seconds(profile.first().real("recorderSeconds")));
        if (profile.traces().size() > 1) {
            String trips = Units.seconds(profile.roundTrips());
            say("note", profile.traces().stream().allMatch(RankTrace::sharesClock)
                    ? "all ranks read the clock of one machine; round trips agree with that to " + trips
                    : "clocks agree to " + Units.seconds(profile.clockError()));
        }
    }
}
