package ghostrow;

import ghostrow.comm.MachineCounter;
import ghostrow.comm.Transports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one command line after the other in one JVM, a line each on standard input: the build trains the quick start
 * by it, whose cache holds only what a single JVM has loaded.
 */
final class Rehearsal {
    private Rehearsal() {
    }

    public static void main(String[] args) throws IOException {
        // Ranks of one machine share one of these; the lines below are run by single ranks.
        Transports.named("self", Path.of("")).run(1, comm -> MachineCounter.over(comm).ifPresent(counter -> {
            counter.getAndAdd(1);
            counter.close();
        }));
        String lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        for (String line : lines.lines().toList()) {
            int code = Ghostrow.run(List.of(line.split(" ")));
            if (code != 0) {
                System.exit(code);
            }
        }
    }
}
