package ghostrow.gpu;

import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.study.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs programs on oclgrind, which simulates a GPU one item after the other and names what no other device would show:
 * two items that touch the same place without a barrier between them, and places outside of all memory. An item takes some
 * microseconds for each access, so grids of some thousand cells and a few steps are what fits a test.
 */
public final class RaceCheck {
    /** As users name it by {@code --gpu-device}. */
    public static final String DEVICE = "oclgrind";

    /**
     * @param ended      how the program ended and what it said
     * @param complaints what oclgrind found, with the line and the column of the source; empty if all is right. Lines
     *                   are counted from the first of {@link Program#PRELUDE}.
     */
    public record Findings(Ended ended, String complaints) {
    }

    private RaceCheck() {
    }

    /** A Java main that takes its device's name from GHOSTROW_GPU_DEVICE, or knows {@link #DEVICE}. */
    public static Findings java(Class<?> main, String... arguments) throws Exception {
        return run(Children.java(List.of("--add-modules=jdk.incubator.vector"), main, arguments));
    }

    /** {@code ./ghostrow} and words behind it. */
    public static Findings ghostrow(String... words) throws Exception {
        Needs.build();
        List<String> command = new ArrayList<>(List.of("./ghostrow"));
        command.addAll(List.of(words));
        return run(command);
    }

    private static Findings run(List<String> command) throws Exception {
        Path log = Files.createTempFile("oclgrind", ".log");
        try {
            Map<String, String> environment = new HashMap<>();
            environment.put(TestLibraries.VARIABLE, TestLibraries.oclgrind());
            environment.put("GHOSTROW_GPU_DEVICE", DEVICE);
            environment.put("OCLGRIND_DATA_RACES", "1");
            environment.put("OCLGRIND_LOG", log.toString());
            Ended ended = Children.end(Children.launch(command).errorsApart().with(environment));
            return new Findings(ended, Files.readString(log));
        } finally {
            Files.delete(log);
        }
    }
}
