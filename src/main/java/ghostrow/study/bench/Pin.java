package ghostrow.study.bench;

import ghostrow.comm.Mpirun;
import java.util.List;
import java.util.stream.Stream;

/** So many cores mean so many cores, for every contender alike: none may compile or collect garbage on another. */
final class Pin {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final boolean POSSIBLE = Mpirun.onPath("taskset").isPresent();

    private Pin() {
    }

    /** The command that runs another on the last of this machine's cores, where the system has the least to do. */
    static List<String> to(int cores, List<String> command) {
        return cores >= CORES || !POSSIBLE ? command : Stream.concat(
                Stream.of("taskset", "-c", CORES - cores + "-" + (CORES - 1)), command.stream()).toList();
    }
}
