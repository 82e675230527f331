package ghostrow.cc;

import ghostrow.data.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine's C compiler: what {@code CC} says, or {@code cc}. It is told to do all that it can for this very
 * processor, but to fuse no multiplication with an addition: that would change the last bits.
 */
record CCompiler(Path program, List<String> options) {
    private static final List<String> OPTIONS = List.of("-O3", "-march=native", "-ffp-contract=off", "-fPIC", "-shared");
    private static final List<String> GCC_REPORT = List.of("-fopt-info-vec-optimized", "-fopt-info-vec-missed");
    private static final List<String> CLANG_REPORT = List.of("-Rpass=loop-vectorize", "-Rpass-missed=loop-vectorize",
            "-Rpass-analysis=loop-vectorize");
    private static final int PATIENCE_SECONDS = 120;

    static Optional<CCompiler> find(Map<String, String> environment) {
        List<String> words = List.of(name(environment).split("\\s+"));
        return onPath(words.getFirst(), environment.getOrDefault("PATH", ""))
                .map(program -> new CCompiler(program, Stream.concat(words.stream().skip(1), OPTIONS.stream()).toList()));
    }

    /** What is looked for. */
    static String name(Map<String, String> environment) {
        String said = environment.getOrDefault("CC", "").strip();
        return said.isEmpty() ? "cc" : said;
    }

    private static Optional<Path> onPath(String name, String path) {
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(Files::isExecutable);
        }
        return Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name)).filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
    }

    /** All that an object depends on besides its source: which compiler, how it is called, and for which processor. */
    String identity() throws IOException {
        Path real = program.toRealPath();
        return real + " " + Files.size(real) + " " + Files.getLastModifiedTime(real) + " " + String.join(" ", options)
                + " " + processor();
    }

    /** Empty where the system does not say. */
    private static String processor() throws IOException {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.exists(cpuinfo)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(cpuinfo)) {
            return String.join(" ", lines.takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.startsWith("model name") || line.startsWith("flags") || line.startsWith("Features"))
                    .toList());
        }
    }

    void compile(Path source, Path object) throws IOException, InterruptedException {
        run(source, object, List.of());
    }

    /** Its own name for itself. */
    String version() throws IOException, InterruptedException {
        return run(List.of("--version")).lines().findFirst().orElse(program.toString());
    }

    /** What it says of the loops that it has made vectors of, and of those that it has not, each line once. */
    List<String> loopReport(Path source, Path object, boolean clang) throws IOException, InterruptedException {
        return run(source, object, clang ? CLANG_REPORT : GCC_REPORT).lines().distinct().toList();
    }

    /** What it says, if anything. */
    private String run(Path source, Path object, List<String> more) throws IOException, InterruptedException {
        return run(Stream.of(options, more, List.of("-o", object.toString(), source.toString(), "-lm"))
                .flatMap(List::stream).toList());
    }

    private String run(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(words);
        Path log = Files.createTempFile("ghostrow", ".cc");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new InputException(program + " still compiles the kernel after " + PATIENCE_SECONDS
                        + " seconds, so it was stopped");
            }
            String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new InputException(program + " cannot compile the kernel: "
                        + firstError(said, process.exitValue()));
            }
            return said;
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /** The first line that is called an error, or else the first line. */
    static String firstError(String log, int code) {
        List<String> lines = log.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream().filter(line -> line.contains("error")).findFirst()
                .or(() -> lines.stream().findFirst()).orElse("it ended with code " + code + " and said nothing");
    }
}
