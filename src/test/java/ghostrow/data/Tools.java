package ghostrow.data;

import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs outside this project that read our files, and other JVMs that write them. */
public final class Tools {
    private Tools() {
    }

    /** What a Python script with h5py prints; skips the test where there is no h5py. */
    public static String h5py(String script, String... arguments) throws Exception {
        String python = List.of("/usr/bin/python3", "python3").stream().filter(Tools::hasH5py).findFirst()
                .orElse(null);
        Needs.software(python != null, "no python3 with h5py here");
        List<String> command = new ArrayList<>(List.of(python, "-c", script));
        command.addAll(List.of(arguments));
        return run(command);
    }

    static String h5dump(String... arguments) throws Exception {
        Needs.software(onPath("h5dump"), "no h5dump here");
        List<String> command = new ArrayList<>(List.of("h5dump"));
        command.addAll(List.of(arguments));
        return run(command);
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
        return Children.works(python, "-c", "import h5py");
    }

    /** Output and errors of a program, which must end well. */
    static String run(List<String> command) throws Exception {
        return Children.output(Children.launch(command)).strip();
    }

    /** A small JVM with this class path. */
    static Launch java(Class<?> main, String... arguments) {
        return Children.launch(Children.java(List.of("-Xmx64m"), main, arguments));
    }

    /** Kills a program so long after its first line; the last line that it printed whole. */
    static String lastLineBeforeItWasKilled(Launch launch, long millis) throws Exception {
        try (Child child = launch.start()) {
            Children.awaitLines(child, 1);
            Thread.sleep(millis);
            child.handle().destroyForcibly();
            Ended ended = child.end();
            if (ended.code() == 0 || ended.late()) {
                throw new AssertionError("it was to be killed, but " + ended.how() + ": " + ended.out());
            }
            return ended.out().substring(0, ended.out().lastIndexOf('\n')).lines().toList().getLast();
        }
    }

    /** How this process has a file open: O_RDONLY 0, O_WRONLY 1, O_RDWR 2, once for each time. */
    static List<Integer> accessModes(Path file) throws IOException {
        List<Integer> modes = new ArrayList<>();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open.toList()) {
                if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
                    String flags = Files.readAllLines(Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName()))
                            .stream().filter(line -> line.startsWith("flags:")).findFirst().orElseThrow();
                    modes.add(Integer.parseInt(flags.substring(6).strip(), 8) & 3);
                }
            }
        }
        return modes;
    }

    /** Bytes that this process has read so far, from whatever it was. */
    static long bytesRead() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream().filter(line -> line.startsWith("rchar:"))
                .mapToLong(line -> Long.parseLong(line.substring(6).strip())).findFirst().orElseThrow();
    }
}
