package ghostrow;

import ghostrow.comm.MachineCounter;
import ghostrow.comm.Transports;
import ghostrow.hits.HitLoader;
import ghostrow.hits.Program;
import ghostrow.hits.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one command line after the other in one JVM, a line each on standard input: the build trains the quick start
 * by it, whose cache holds only what a single JVM has loaded.
 */
final class Rehearsal {
    /** Begins a line that is run with its classes loaded anew, as where lines are counted. */
    private static final String COUNTED = "counted";

    private Rehearsal() {
    }

    public static void main(String[] args) throws IOException {
        // Ranks of one machine share one of these; the lines below are run by single ranks.
        Transports.named("self", Path.of("")).run(1, comm -> MachineCounter.over(comm).ifPresent(counter -> {
            counter.getAndAdd(1);
            counter.close();
        }));
        Program program = Program.ghostrow(Ghostrow.class);
        try (HitLoader counting = new HitLoader(program, Wanted.of("--lines", "PlainEscape,BlockedStencil", program))) {
            String lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : lines.lines().toList()) {
                List<String> words = List.of(line.split(" "));
                succeed(!words.getFirst().equals(COUNTED) ? Ghostrow.run(words) : (int) counting.run(
                        Ghostrow.class.getName(), "run", words.subList(1, words.size())));
            }
            counting.hits().byLine();
        }
    }

    private static void succeed(int code) {
        if (code != 0) {
            System.exit(code);
        }
    }
}
