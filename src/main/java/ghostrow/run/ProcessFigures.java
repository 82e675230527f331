package ghostrow.run;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What this process has taken from the machine so far, by the kernel's own account; nothing where it keeps none. Plain
 * streams: what is nicer costs a short run milliseconds to load.
 *
 * @param peakResident most bytes of memory that were in use at one time, all told
 * @param compiling    seconds of processor time by the threads that compile and still live
 * @param collecting   the same by those that look after Java's heap
 */
record ProcessFigures(double peakResident, double heap, double compiling, double collecting) {

    static ProcessFigures now() {
        Runtime runtime = Runtime.getRuntime();
        double compiling = 0;
        double collecting = 0;
        String[] threads = new File("/proc/self/task").list();
        for (String thread : threads == null ? new String[0] : threads) {
            String name = text("/proc/self/task/" + thread + "/comm");
            // The kernel keeps 15 letters of a name.
            if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                compiling += seconds(thread);
            } else if (name.startsWith("VM Thread") || name.startsWith("GC Thread") || name.startsWith("G1 ")) {
                collecting += seconds(thread);
            }
        }
        return new ProcessFigures(peakBytes(), runtime.totalMemory() - runtime.freeMemory(), compiling, collecting);
    }

    Map<String, Double> named() {
        return Map.of("peakResidentBytes", peakResident, "heapBytes", heap, "compilingSeconds", compiling,
                "collectingSeconds", collecting);
    }

    private static double peakBytes() {
        String status = text("/proc/self/status");
        int at = status.indexOf("VmHWM:");
        return at < 0 ? 0 : Double.parseDouble(status.substring(at + 6, status.indexOf("kB", at)).strip()) * 1024;
    }

    private static double seconds(String thread) {
        String words = text("/proc/self/task/" + thread + "/schedstat");
        int end = words.indexOf(' ');
        return end < 0 ? 0 : Long.parseLong(words.substring(0, end)) / 1e9;
    }

    /** Empty where there is no such file, or no such thread any more. */
    private static String text(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
