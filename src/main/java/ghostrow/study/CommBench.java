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
 * What a message costs from Java, beside the same loop in C on the same library, at the same level of thread support.
 * A machine has spells in which messages take three times as long; so C runs right before each of the others, and what
 * counts is the median of the ratios of such pairs.
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

    /**
     * One row of the table: a program that prints `pattern bytes microseconds`.
     *
     * @param yardstick what it is compared with; null for a yardstick
     */
    private record Contender(String name, Library library, List<String> command, Contender yardstick) {
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
        Map<Contender, Map<Figure, List<Double>>> ratios = new LinkedHashMap<>();
        Files.createDirectories(csv.toAbsolutePath().getParent());
        try (PrintStream rows = new PrintStream(Files.newOutputStream(csv))) {
            rows.println("round,library,pair,program,pattern,bytes,microseconds");
            for (int round = 1; round <= rounds; round++) {
                for (Contender contender : contenders) {
                    if (contender.yardstick == null) {
                        continue;
                    }
                    System.err.printf("round %d of %d: %s%n", round, rounds, contender.name);
                    String pair = round + "," + contender.yardstick.library.title() + "," + contender.name + ",";
                    Map<Figure, Double> yards = run(contender.yardstick, pair + "C", rows);
                    yards.forEach((figure, value) -> note(figures, contender.yardstick, figure, value));
                    run(contender, pair + contender.name, rows).forEach((figure, value) ->
                            note(ratios, contender, figure, value / yards.get(figure)));
                }
            }
        }
        print(contenders, figures, ratios);
        System.out.println("\nEvery figure: " + csv);
        return 0;
    }

    private static void note(Map<Contender, Map<Figure, List<Double>>> notes, Contender contender, Figure figure,
            double value) {
        notes.computeIfAbsent(contender, key -> new LinkedHashMap<>())
                .computeIfAbsent(figure, key -> new ArrayList<>()).add(value);
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
            Contender yardstick = new Contender("C, " + library.title(), library,
                    mpirun.get().command(2, List.of(peer.toString())), null);
            contenders.add(yardstick);
            contenders.add(new Contender("C single-threaded", library,
                    mpirun.get().command(2, List.of(peer.toString(), "single")), yardstick));
            contenders.add(new Contender("native", library,
                    mpirun.get().command(2, ghostrow("native")), yardstick));
            if (library == Library.OPEN_MPI && ready("openmpi")) {
                contenders.add(new Contender("openmpi", library, mpirun.get().command(2, ghostrow("openmpi")),
                        yardstick));
            }
        }
        if (ready("mpj") && !contenders.isEmpty()) {
            List<String> command = new ArrayList<>(ghostrow("mpj"));
            command.addAll(List.of("--ranks", "2"));
            contenders.add(new Contender("mpj", Library.OPEN_MPI, command,
                    contenders.getFirst()));
        }
        return contenders;
    }

    private List<String> ghostrow(String transport) {
        return List.of(home.resolve("ghostrow").toString(), "pingpong", "--transport", transport);
    }

    private boolean ready(String transport) {
        return Transports.named(transport, home).readiness() instanceof Readiness.Ready;
    }

    /** Microseconds. */
    private static Map<Figure, Double> run(Contender contender, String row, PrintStream rows)
            throws IOException, InterruptedException {
        Launch launch = new Launch(contender.command, LIMIT).errorsApart();
        new Mpirun(contender.library, Path.of(contender.command.getFirst())).prepare(launch.environment());
        Ended ended = launch.run();
        System.err.print(ended.err());
        if (!ended.well()) {
            throw new IOException(contender.name + " " + ended.how());
        }
        Map<Figure, Double> figures = new LinkedHashMap<>();
        for (String line : ended.out().lines().toList()) {
            String[] words = line.split(" ");
            Figure figure = new Figure(words[0], Long.parseLong(words[1]));
            figures.put(figure, Double.valueOf(words[2]));
            rows.println(row + "," + String.join(",", words));
        }
        return figures;
    }

    private static void print(List<Contender> contenders, Map<Contender, Map<Figure, List<Double>>> figures,
            Map<Contender, Map<Figure, List<Double>>> ratios) {
        System.out.println("\nC: microseconds, medians. The others: as multiples of C's, medians of pairs");
        List<Figure> columns = new ArrayList<>(figures.get(contenders.getFirst()).keySet());
        System.out.printf("%-17s", "");
        for (Figure column : columns) {
            System.out.printf("%7s", switch (column.pattern) {
                case "pingpong" -> size(column.bytes);
                case "allreduce" -> "allred.";
                default -> "sendr.";
            });
        }
        System.out.println();
        for (Contender contender : contenders) {
            System.out.printf("%-17s", contender.name);
            for (Figure column : columns) {
                System.out.printf(Locale.ROOT, "%7.2f", Spread.of((contender.yardstick == null ? figures : ratios)
                        .get(contender).get(column)).median());
            }
            System.out.println();
        }
    }

    private static String size(long bytes) {
        return bytes < 1024 ? bytes + " B" : bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }
}
