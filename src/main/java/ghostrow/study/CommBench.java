package ghostrow.study;

import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.comm.Transport.Readiness;
import ghostrow.comm.Transports;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a message costs from Java, beside the same loop in C on the same library: all of them in turn, several
 * rounds, so that a machine that changes its pace changes it for all.
 */
@Command(name = "bench-comm", description = "Compares every transport's message times with C.")
public final class CommBench implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Option(names = "--rounds", defaultValue = "5", description = "How often each is run (default 5).")
    private int rounds;

    @Option(names = "--csv", defaultValue = "out/bench-comm.csv", paramLabel = "FILE",
            description = "Where every single figure goes (default out/bench-comm.csv).")
    private Path csv;

    private final Path home;

    public CommBench(Path home) {
        this.home = home;
    }

    /** One column of the table: a program that prints `pattern bytes microseconds`, and its yardstick. */
    private record Contender(String name, Library library, List<String> command, String yardstick) {
    }

    private record Figure(String pattern, long bytes) {
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Contender> contenders = contenders();
        if (contenders.isEmpty()) {
            System.err.println("ghostrow: no MPI library to measure: run 'make setup'");
            return 1;
        }
        Map<Contender, Map<Figure, List<Double>>> figures = new LinkedHashMap<>();
        Files.createDirectories(csv.toAbsolutePath().getParent());
        try (PrintStream rows = new PrintStream(Files.newOutputStream(csv))) {
            rows.println("round,contender,pattern,bytes,microseconds");
            for (int round = 1; round <= rounds; round++) {
                for (Contender contender : contenders) {
                    System.err.printf("round %d of %d: %s%n", round, rounds, contender.name);
                    for (String line : run(contender)) {
                        String[] words = line.split(" ");
                        Figure figure = new Figure(words[0], Long.parseLong(words[1]));
                        double microseconds = Double.parseDouble(words[2]);
                        rows.printf(Locale.ROOT, "%d,%s,%s,%d,%s%n", round, contender.name, figure.pattern,
                                figure.bytes, microseconds);
                        figures.computeIfAbsent(contender, key -> new LinkedHashMap<>())
                                .computeIfAbsent(figure, key -> new ArrayList<>()).add(microseconds);
                    }
                }
            }
        }
        print(contenders, figures);
        System.out.println("\nEvery figure: " + csv);
        return 0;
    }

    private List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>();
        for (Library library : Library.values()) {
            Optional<Mpirun> mpirun = Mpirun.find(library);
            Path peer = home.resolve("target/bench/pingpong-" + library.name().toLowerCase(Locale.ROOT));
            if (mpirun.isEmpty() || !Files.isExecutable(peer)) {
                System.err.println("left out: " + library.title() + " (no mpirun, or no C compiler wrapper)");
                continue;
            }
            String yardstick = "C, " + library.title();
            contenders.add(new Contender(yardstick, library,
                    mpirun.get().command(2, List.of(peer.toString())), yardstick));
            contenders.add(new Contender("native, " + library.title(), library,
                    mpirun.get().command(2, ghostrow("native")), yardstick));
            if (library == Library.OPEN_MPI && ready("openmpi")) {
                contenders.add(new Contender("openmpi", library, mpirun.get().command(2, ghostrow("openmpi")),
                        yardstick));
            }
        }
        if (ready("mpj")) {
            List<String> command = new ArrayList<>(ghostrow("mpj"));
            command.addAll(List.of("--ranks", "2"));
            contenders.add(new Contender("mpj", Library.OPEN_MPI, command, "C, Open MPI"));
        }
        return contenders;
    }

    private List<String> ghostrow(String transport) {
        return List.of(home.resolve("ghostrow").toString(), "pingpong", "--transport", transport);
    }

    private boolean ready(String transport) {
        return Transports.named(transport, home).readiness() instanceof Readiness.Ready;
    }

    private static List<String> run(Contender contender) throws IOException, InterruptedException {
        Launch launch = new Launch(contender.command, LIMIT).errorsApart();
        new Mpirun(contender.library, Path.of(contender.command.getFirst())).prepare(launch.environment());
        Ended ended = launch.run();
        System.err.print(ended.err());
        if (!ended.well()) {
            throw new IOException(contender.name + " " + ended.how());
        }
        return ended.out().lines().toList();
    }

    private static void print(List<Contender> contenders, Map<Contender, Map<Figure, List<Double>>> figures) {
        System.out.println("\nMicroseconds, median over rounds (C); the others as multiples of C on the same library");
        List<Figure> rows = new ArrayList<>(figures.get(contenders.getFirst()).keySet());
        System.out.printf("%-18s", "");
        for (Figure row : rows) {
            System.out.printf("%10s", switch (row.pattern) {
                case "pingpong" -> size(row.bytes);
                default -> row.pattern;
            });
        }
        System.out.println();
        for (Contender contender : contenders) {
            System.out.printf("%-18s", contender.name);
            Map<Figure, List<Double>> yardstick = contenders.stream()
                    .filter(other -> other.name.equals(contender.yardstick)).findFirst().map(figures::get).orElseThrow();
            for (Figure row : rows) {
                double mine = Spread.of(figures.get(contender).get(row)).median();
                System.out.printf(Locale.ROOT, "%10.2f", contender.name.equals(contender.yardstick)
                        ? mine : mine / Spread.of(yardstick.get(row)).median());
            }
            System.out.println();
        }
    }

    private static String size(long bytes) {
        return bytes < 1024 ? bytes + " B" : bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }
}
