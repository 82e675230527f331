package ghostrow.study.bench;

import ghostrow.comm.Mpirun;
import ghostrow.study.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The peers as {@code src/bench/peers/peers.list} tells of them; that file says what its columns mean. */
final class Peers {
    private static final String PYTHON = "target/peers/python";
    private static final Duration IMPORTING = Duration.ofMinutes(2);

    private final Path home;
    private final Path scratch;
    private final List<Peer> peers = new ArrayList<>();
    private final Map<String, Boolean> modules = new HashMap<>();

    private record Peer(String name, String workload, List<String> needs, String command) {
        /** Whether it makes use of more than one core. */
        boolean parallel() {
            return command.contains("{threads}") || command.contains("{ranks}");
        }

        boolean published() {
            return name.endsWith("as published");
        }
    }

    /** @param scratch the folder for peers that write files */
    Peers(Path home, Path scratch) throws IOException {
        this.home = home;
        this.scratch = scratch;
        for (String line : Files.readAllLines(home.resolve("src/bench/peers/peers.list"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
                peers.add(new Peer(columns[0], columns[1], List.of(columns[2].split("\\s+")), columns[3]));
            }
        }
    }

    /** Those that do this work on so many cores, and the published program whatever the cores. */
    List<Contender> contenders(Case work, int cores) {
        return peers.stream()
                .filter(peer -> peer.workload.equals(work.workload()))
                .filter(peer -> cores == 1 || peer.parallel() || peer.published())
                .map(peer -> new Contender(peer.name, false, Arrays.stream(peer.command.split("\\s+"))
                        .map(word -> word.replace("{n}", Long.toString(work.n()))
                                .replace("{steps}", Long.toString(work.steps()))
                                .replace("{threads}", Integer.toString(cores))
                                .replace("{ranks}", Integer.toString(cores))
                                .replace("{out}", scratch.toString()))
                        .toList(), missing(peer)))
                .toList();
    }

    private String missing(Peer peer) {
        return String.join(", ", peer.needs.stream().filter(need -> !has(need)).toList());
    }

    private boolean has(String need) {
        if (need.startsWith("import:")) {
            return modules.computeIfAbsent(need.substring("import:".length()), this::imports);
        }
        return need.contains("/") ? Files.exists(home.resolve(need)) : Mpirun.onPath(need).isPresent();
    }

    private boolean imports(String module) {
        try {
            return new Launch(List.of(home.resolve(PYTHON).toString(), "-c", "import " + module), IMPORTING).run()
                    .well();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
