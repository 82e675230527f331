package ghostrow.study.bench;

import ghostrow.comm.Cores;
import ghostrow.comm.Mpirun;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** So many cores mean so many cores, for every contender alike: none may compile or collect garbage on another. */
final class Pin {
    private static final int[] PROCESSORS = Cores.processors().stream().toArray();
    private static final boolean POSSIBLE = Mpirun.onPath("taskset").isPresent();

    private Pin() {
    }

    /** The command that runs another on the last of this machine's cores, where the system has the least to do. */
    static List<String> to(int cores, List<String> command) {
        if (cores >= PROCESSORS.length || !POSSIBLE) {
            return command;
        }
        String last = Arrays.stream(PROCESSORS, PROCESSORS.length - cores, PROCESSORS.length).mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        return Stream.concat(Stream.of("taskset", "-c", last), command.stream()).toList();
    }
}
