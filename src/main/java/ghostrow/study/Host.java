package ghostrow.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a study notes of the machine itself; a run's record knows only the part that was given to its rank 0. */
public final class Host {
    private Host() {
    }

    /** The cells of a row: cores of all nodes at hand, the processor, and how busy this machine is. */
    public static Map<String, String> cells(Map<String, String> environment) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("host.cores", Long.toString(cores(environment)));
        cells.put("host.processor", processor());
        cells.put("host.load", load());
        return cells;
    }

    /** What a batch job has noted of itself: how many cores it had, and its line of /proc/cpuinfo. */
    public static Map<String, String> ofJob(List<String> noted) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("host.cores", noted.getFirst());
        noted.stream().skip(1).findFirst().ifPresent(line -> cells.put("host.processor", name(line)));
        return cells;
    }

    private static long cores(Map<String, String> environment) {
        String nodes = environment.getOrDefault("SLURM_JOB_NUM_NODES", "1");
        String each = environment.getOrDefault("SLURM_CPUS_ON_NODE",
                Integer.toString(Runtime.getRuntime().availableProcessors()));
        return Long.parseLong(nodes) * Long.parseLong(each);
    }

    /** Its name, as the system gives it. */
    public static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(Host::name).orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String name(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    /** How many processes were at work or about to be, over the last minute; empty where the system does not say. */
    public static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "";
        }
    }
}
