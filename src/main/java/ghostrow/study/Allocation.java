package ghostrow.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Slurm has given this job, node by node.
 *
 * @param cores of each node
 * @param asked how many of them tasks were asked for there, where anybody has said so
 */
public record Allocation(List<Integer> cores, List<Integer> asked) {

    /** @param processorsOfACore by which Slurm's counts of processors are more than cores */
    public static Optional<Allocation> of(Map<String, String> environment, int processorsOfACore) {
        if (!environment.containsKey("SLURM_JOB_ID")) {
            return Optional.empty();
        }
        List<Integer> processors = perNode(environment.getOrDefault("SLURM_JOB_CPUS_PER_NODE",
                environment.getOrDefault("SLURM_CPUS_ON_NODE", "1")));
        List<Integer> cores = processors.stream().map(count -> Math.max(1, count / processorsOfACore)).toList();
        if (!environment.containsKey("SLURM_NTASKS") && !environment.containsKey("SLURM_NTASKS_PER_NODE")) {
            return Optional.of(new Allocation(cores, cores));
        }
        int each = Integer.parseInt(environment.getOrDefault("SLURM_CPUS_PER_TASK", "1"));
        return Optional.of(new Allocation(cores, perNode(environment.getOrDefault("SLURM_TASKS_PER_NODE", "")).stream()
                .map(tasks -> tasks * each).toList()));
    }

    /** {@code 2(x3),1} is 2, 2, 2, 1. */
    static List<Integer> perNode(String text) {
        List<Integer> all = new ArrayList<>();
        for (String part : text.strip().split(",")) {
            int bracket = part.indexOf("(x");
            int times = bracket < 0 ? 1 : Integer.parseInt(part.substring(bracket + 2, part.length() - 1));
            for (int i = 0; i < times && !part.isEmpty(); i++) {
                all.add(Integer.valueOf(bracket < 0 ? part : part.substring(0, bracket)));
            }
        }
        return all;
    }

    public int total() {
        return cores.stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * How many nodes, from the first on, hold so many ranks with a core for each thread; empty if all are too few. No
     * more than was asked for goes to a node, as long as that is enough.
     */
    public Optional<Integer> nodesFor(int ranks, int threads) {
        return first(asked, ranks, threads).or(() -> first(cores, ranks, threads));
    }

    private static Optional<Integer> first(List<Integer> places, int ranks, int threads) {
        int room = 0;
        for (int node = 0; node < places.size(); node++) {
            room += places.get(node) / threads;
            if (room >= ranks) {
                return Optional.of(node + 1);
            }
        }
        return Optional.empty();
    }
}
