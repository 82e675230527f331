package ghostrow.study;

import ghostrow.comm.Cores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a study notes of the machine itself; a run's record knows only the part that was given to its rank 0. */
public final class Host {
    private Host() {
    }

    /** The cells of a row: cores of all nodes at hand, the processor, and how busy this machine is. */
    public static Map<String, String> cells(Map<String, String> environment) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("host.cores", Integer.toString(cores(environment)));
        cells.put("host.processor", processor());
        cells.put("host.load", load());
        return cells;
    }

    /** What a batch job has noted of itself: the processors of each of its nodes, and lines of /proc/cpuinfo. */
    public static Map<String, String> ofJob(List<String> noted) {
        List<String> cpuinfo = noted.subList(1, noted.size());
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("host.cores", Integer.toString(Allocation.perNode(noted.getFirst()).stream()
                .mapToInt(processors -> Math.max(1, processors / processorsOfACore(cpuinfo))).sum()));
        value(cpuinfo, "model name").ifPresent(name -> cells.put("host.processor", name));
        return cells;
    }

    /** Of all nodes that a batch system has given to this process, or of this machine. */
    public static int cores(Map<String, String> environment) {
        return allocation(environment).map(Allocation::total).orElseGet(() -> Cores.atHand().count());
    }

    /** What Slurm has given, if this is a job of its. */
    public static Optional<Allocation> allocation(Map<String, String> environment) {
        return Allocation.of(environment, processorsOfACore(cpuinfo()));
    }

    /** 1 where the system does not say. */
    static int processorsOfACore(List<String> cpuinfo) {
        int siblings = value(cpuinfo, "siblings").map(Integer::parseInt).orElse(1);
        return Math.max(1, siblings / value(cpuinfo, "cpu cores").map(Integer::parseInt).orElse(siblings));
    }

    /** Its name, as the system gives it. */
    public static String processor() {
        return value(cpuinfo(), "model name").orElse(System.getProperty("os.arch"));
    }

    private static List<String> cpuinfo() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<String> value(List<String> cpuinfo, String name) {
        return cpuinfo.stream().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip());
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
