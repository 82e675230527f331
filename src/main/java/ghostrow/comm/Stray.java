package ghostrow.comm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of a parallel job that is no rank of any {@link World}: it would run alone, and its like beside it, and
 * nobody would notice. So it has to be refused.
 *
 * @param rank which of its like it is, so that one of them can speak for all
 * @param why  the line for the user: what was found, and what to do
 */
public record Stray(int rank, String why) {

    /** Variables of launchers that number their processes; not all of them say how many there are. */
    private static final List<String> NUMBERS = List.of("PALS_RANKID", "FLUX_TASK_RANK", "JSM_NAMESPACE_RANK",
            "ALPS_APP_PE", "PMIX_RANK", "PMI_RANK");

    /** {@code hosta 4 hostb 2}. */
    private static final Pattern LSF_HOST = Pattern.compile("\\S+\\s+(\\d+)");

    /** @param ranksGiven whether the user has said how many ranks to start here */
    public static Optional<Stray> in(Map<String, String> env, boolean ranksGiven) {
        if (World.around(env).isPresent()) {
            return Optional.empty();
        }
        for (String name : NUMBERS) {
            if (env.containsKey(name)) {
                return Optional.of(new Stray(number(env.get(name)), "a launcher started this as its process "
                        + env.get(name) + " (" + name + ") but does not say of how many; start the ranks with the MPI's "
                        + "own mpirun, with srun --mpi=pmix or --mpi=pmi2, or with flux run"));
            }
        }
        if (env.containsKey("LSF_PM_TASKID")) {
            return Optional.of(new Stray(number(env.get("LSF_PM_TASKID")) - 1, "blaunch starts copies of a program, "
                    + "not ranks of one; use mpirun or jsrun in its place"));
        }
        int slots = slotsOfLsf(env);
        return slots < 2 || ranksGiven ? Optional.empty() : Optional.of(new Stray(0, "the LSF job "
                + env.get("LSB_JOBID") + " has " + slots + " slots and nobody has started ranks on them; put mpirun or "
                + "jsrun before ghostrow, or say --ranks N for ranks on this host alone (--ranks 1 for one with "
                + "--threads)"));
    }

    /** LSF runs a job's command once, on the first of its hosts, however many slots the job has. */
    private static int slotsOfLsf(Map<String, String> env) {
        if (!env.containsKey("LSB_JOBID")) {
            return 0;
        }
        Matcher hosts = LSF_HOST.matcher(env.getOrDefault("LSB_MCPU_HOSTS", ""));
        int slots = 0;
        while (hosts.find()) {
            slots += number(hosts.group(1));
        }
        return slots > 0 ? slots : number(env.getOrDefault("LSB_DJOB_NUMPROC", "1"));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
