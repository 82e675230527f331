package ghostrow.comm;

import ghostrow.spmd.Setting;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every transport promises, written once as an SPMD program: all ranks make the same checks, and rank 0
 * writes the name of each that all have made. The first broken promise ends the job with the rank, the check and the first
 * difference.
 *
 * <p>Usage: {@code Conformance --transport NAME --ranks N --checks USUAL|CHUNKS|COUNTERS|HUGE --passed FILE}
 */
public final class Conformance {
    /** A rank that looks at no message for long, messages that do not fit, and memory that is used too early. */
    private static final Set<String> MISTAKEN = Set.of("counter answers while rank 0 is busy",
            "a message longer than its room is refused", "an exchange started out of turn is refused",
            "arrays round the ring by every kind of send");

    private Conformance() {
    }

    /** Which checks to make; starting processes is dear, so one start makes them all. */
    enum Selection {
        /** Everything that fits a small machine. */
        USUAL,
        /** The same without large messages, for runs in which messages are cut into small pieces. */
        CHUNKS,
        /** Counters that ranks share through their library, as they do between machines. */
        COUNTERS,
        /** Everything but what a transport that finds mistakes takes for one. */
        CORRECT,
        /** Messages beyond 2^31 bytes. */
        HUGE;

        List<Check> checks() {
            List<Check> checks = new ArrayList<>();
            if (this == HUGE) {
                return LargeChecks.huge();
            }
            if (this == COUNTERS) {
                return CounterChecks.withoutTheMachine();
            }
            checks.addAll(PairChecks.all());
            checks.addAll(ReceiveChecks.all());
            checks.addAll(CollectiveChecks.all());
            checks.addAll(PartChecks.all());
            checks.addAll(ReductionChecks.all());
            checks.addAll(BackgroundChecks.all());
            checks.addAll(ArrayChecks.all());
            checks.addAll(GroupChecks.all());
            checks.addAll(CounterChecks.all());
            checks.addAll(WindowChecks.all());
            checks.addAll(RefusalChecks.all());
            if (this == USUAL || this == CORRECT) {
                checks.addAll(LargeChecks.large());
            }
            if (this == CORRECT) {
                checks.removeIf(check -> MISTAKEN.contains(check.name()));
            }
            return checks;
        }
    }

    public static void main(String[] args) {
        String transport = args[1];
        int ranks = Integer.parseInt(args[3]);
        Selection selection = Selection.valueOf(args[5]);
        Path passed = Path.of(args[7]);
        // As programs have it: arrays taken, calls counted, and each noted down.
        Transport carrier = Setting.find(transport);
        carrier.run(ranks, comm -> run(CountedComm.of(carrier.takesArrays() ? comm : new StagedComm(comm),
                Optional.of(new EventLog(1 << 10))), ranks, selection.checks(), passed));
    }

    private static void run(Comm comm, int ranks, List<Check> checks, Path passed) throws Exception {
        Check.same(ranks, comm.size(), "the number of ranks");
        for (Check check : checks) {
            try (Arena arena = Arena.ofShared()) {
                check.body().run(comm, arena);
            } catch (Exception | AssertionError e) {
                System.err.println("rank " + comm.rank() + " failed '" + check.name() + "': "
                        + e.getMessage());
                throw e;
            }
            comm.barrier();
            if (comm.rank() == 0) {
                Files.writeString(passed, check.name() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }
}
