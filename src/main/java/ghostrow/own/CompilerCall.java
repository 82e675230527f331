package ghostrow.own;

import ghostrow.data.InputException;
import ghostrow.run.Job;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a {@link CompilerProcess} and waits for what it leaves. */
record CompilerCall(Sources sources, List<Path> classPath) {
    /** By its name: the class itself would bring some of the compiler's into this process, and into every start's cache. */
    private static final String PROCESS = CompilerCall.class.getPackageName() + ".CompilerProcess";

    /** Leaves classes or errors in the folder. */
    void into(Path folder) throws IOException, InterruptedException {
        Path log = Files.createTempFile("ghostrow", ".log");
        try {
            Process process = new ProcessBuilder(command(folder)).redirectErrorStream(true).redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            int code = process.waitFor();
            if (code == CompilerProcess.NO_COMPILER) {
                throw new InputException(System.getProperty("java.home") + " has no compiler; to run a program of your own "
                        + "takes a JDK");
            }
            if (code != 0) {
                throw new IOException("the compiler ended with code " + code + ": " + Files.readString(log).strip());
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private List<String> command(Path folder) {
        String own = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path prepared = Job.HOME.resolve("target/quickstart/compiler.aot");
        if (Files.exists(prepared)) {
            command.add("-XX:AOTCache=" + prepared);
        }
        // What the cache was made with; the second compiler would not be done before the sources are.
        command.addAll(List.of("-Xlog:aot=off", "-Xlog:cds=off", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData", "-cp", own, PROCESS, folder.toString(),
                Stream.concat(Stream.of(own), classPath.stream().map(Path::toString))
                        .collect(Collectors.joining(File.pathSeparator)), sources.root().toString(),
                sources.main().toString()));
        sources.files().stream().filter(file -> !file.equals(sources.main())).map(Path::toString).forEach(command::add);
        return command;
    }
}
