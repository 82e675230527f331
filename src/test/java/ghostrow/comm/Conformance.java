package ghostrow.comm;

import ghostrow.spmd.Setting;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every transport promises, written once as an SPMD program: all ranks make the same checks, and a line
 * is printed for each. The first broken promise ends the job with the rank, the check and the first
 * difference.
 *
 * <p>Usage: {@code Conformance --transport NAME --ranks N --checks usual|chunks|counters|huge}
 */
public final class Conformance {
    /** What stands before the name of a check on the line that rank 0 prints for it. */
    static final String PASSED = "passed: ";

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
            checks.addAll(CollectiveChecks.all());
            checks.addAll(GroupChecks.all());
            checks.addAll(CounterChecks.all());
            checks.addAll(WindowChecks.all());
            checks.addAll(RefusalChecks.all());
            if (this == USUAL) {
                checks.addAll(LargeChecks.large());
            }
            return checks;
        }
    }

    public static void main(String[] args) {
        String transport = args[1];
        int ranks = Integer.parseInt(args[3]);
        Selection selection = Selection.valueOf(args[5]);
        // As programs have it: counted, and each call noted down.
        Setting.find(transport).run(ranks, comm -> run(CountedComm.of(comm, Optional.of(new EventLog(1 << 10))), ranks,
                selection.checks()));
    }

    private static void run(Comm comm, int ranks, List<Check> checks) throws Exception {
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
                System.out.println(PASSED + check.name());
            }
        }
    }
}
