package ghostrow.comm;

import java.util.Optional;

/**
 * Ends the job when its rank has waited too long for others. A host that loses its power or its network tells nobody,
 * and the libraries wait for its ranks for many minutes or for ever.
 *
 * <p>A rank that is late is not lost. While all step, each about the same part, others are given the limit, but never
 * less than 20 times what this rank itself has ever worked between two calls. Elsewhere one rank often works alone,
 * draws pictures say, or has more to do than another: they are given ten times the limit.
 *
 * <p>Time is counted in looks, so that a job that was stopped as a whole, as batch systems do, has waited for nobody.
 */
final class StallWatch extends Thread {
    private static final double SHORTEST_PAUSE = 0.001;
    private static final double LONGEST_PAUSE = 1;
    private static final int LOOKS = 20;
    private static final int TIMES_OWN_WORK = 20;
    private static final int TIMES_WITHOUT_STEPS = 10;

    /** All notice it at about the same time; a rank beside mpirun, which can see to its end, is to be first. */
    private static final long BESIDE_MPIRUN_FIRST_MILLIS = 2000;

    private final Waits waits;
    private final int rank;
    private final int size;
    private final String host;
    private final double limit;
    private final double pause;
    private long seen = -1;
    private long looks;
    private long longestWork;

    /** @param limit in seconds */
    StallWatch(Waits waits, int rank, int size, String host, double limit) {
        super("ghostrow-stall-watch");
        this.waits = waits;
        this.rank = rank;
        this.size = size;
        this.host = host;
        this.limit = limit;
        this.pause = Math.clamp(limit / LOOKS, SHORTEST_PAUSE, LONGEST_PAUSE);
        setDaemon(true);
    }

    /** What it throws ends the job, as what any thread of a rank throws. */
    @Override
    public void run() {
        try {
            while (true) {
                sleep((long) (pause * 1000));
                Optional<String> stalled = look();
                if (stalled.isPresent()) {
                    end(stalled.get());
                }
            }
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    private void end(String why) throws InterruptedException {
        Optional<Starter> starter = Starter.ofThisRank();
        if (starter.isPresent() && !starter.get().isMpirun()) {
            sleep(BESIDE_MPIRUN_FIRST_MILLIS);
        }
        if (waits.turn() == seen) {
            starter.ifPresent(Starter::endSoon);
            throw new RankExit(Failure.CODE, why);
        }
    }

    /** To be called once a pause; says what is wrong once the patience is at its end. */
    Optional<String> look() {
        long turn = waits.turn();
        looks = turn == seen ? looks + 1 : 0;
        seen = turn;
        if (!Waits.isCall(turn)) {
            longestWork = Math.max(longestWork, looks);
            return Optional.empty();
        }
        return looks * pause < patience() ? Optional.empty()
                : Optional.of("ghostrow: rank " + rank + " of " + size + " on " + host + " has waited "
                        + seconds(looks * pause) + " s for " + waits.inWords(rank, size) + ": that rank or its host "
                        + "does not answer, or one that it waits for; the job ends. --stall-limit sets how long to "
                        + "wait (0: for ever)");
    }

    private double patience() {
        return Math.max(limit * (waits.steps() ? 1 : TIMES_WITHOUT_STEPS), longestWork * pause * TIMES_OWN_WORK);
    }

    private static String seconds(double seconds) {
        return seconds < 10 ? Double.toString(Math.round(seconds * 10) / 10.0).replaceFirst("\\.0$", "")
                : Long.toString(Math.round(seconds));
    }
}
