package ghostrow.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs outside this project that read our files, and other JVMs that write them. */
public final class Tools {
    private Tools() {
    }

    /** What a Python script with h5py prints; skips the test where there is no h5py. */
    public static String h5py(String script, String... arguments) throws Exception {
        String python = List.of("/usr/bin/python3", "python3").stream().filter(Tools::hasH5py).findFirst()
                .orElse(null);
        skipUnless(python != null, "no python3 with h5py here");
        List<String> command = new ArrayList<>(List.of(python, "-c", script));
        command.addAll(List.of(arguments));
        return run(command);
    }

    static String h5dump(String... arguments) throws Exception {
        skipUnless(onPath("h5dump"), "no h5dump here");
        List<String> command = new ArrayList<>(List.of("h5dump"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    static void skipUnless(boolean possible, String reason) {
        if (!possible) {
            System.out.println("skipped: " + reason);
        }
        assumeTrue(possible, reason);
    }

    static boolean onPath(String program) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasH5py(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import h5py").redirectErrorStream(true).start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Output and errors of a program, which must end well. */
    static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command.getFirst() + " ended with " + process.exitValue() + ": "
                    + output);
        }
        return output.strip();
    }

    /** Another JVM with this class path. */
    static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
