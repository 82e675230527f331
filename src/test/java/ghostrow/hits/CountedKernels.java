package ghostrow.hits;

import ghostrow.kernel.EscapeRung;
import ghostrow.kernel.Rung;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs every kernel with and without counters in all methods of all kernels, for a test: what it prints must agree. */
public final class CountedKernels {
    private static final Pattern DIGEST = Pattern.compile("\"digest\":\"(\\w+)\"");
    private static final String MAIN = "ghostrow.Ghostrow";

    private CountedKernels() {
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Program program = Program.ghostrow(Class.forName(MAIN));
        Map<String, Set<String>> all = new TreeMap<>();
        try (ProgramFiles files = new ProgramFiles(program)) {
            files.classes().stream().filter(name -> name.startsWith("ghostrow.kernel."))
                    .forEach(name -> all.put(name, Set.of()));
        }
        HitLoader plain = new HitLoader(program, new Wanted(Map.of()));
        HitLoader counting = new HitLoader(program, new Wanted(all));
        for (List<String> run : runs(folder.resolve("out").toString())) {
            String before = digest(plain, run, folder);
            String now = digest(counting, run, folder);
            System.out.println("digest " + (before.equals(now) ? "same" : "differs") + ' ' + String.join(" ", run));
        }
        System.out.println("total " + counting.hits().total() + ", untouched " + plain.hits().total());
    }

    private static List<List<String>> runs(String out) {
        List<List<String>> runs = new ArrayList<>();
        for (Rung rung : Rung.values()) {
            runs.add(List.of("diffusion", "params/diff2d-small.params", "--set", "runtime=1", "--force", "--out", out,
                    "--kernel", rung.label()));
            runs.add(List.of("jacobi", "--size", "40", "--steps", "50", "--kernel", rung.label()));
        }
        for (EscapeRung rung : EscapeRung.values()) {
            runs.add(List.of("mandelbrot", "100", "100", "--no-output", "--kernel", rung.label()));
        }
        return runs;
    }

    private static String digest(HitLoader loader, List<String> run, Path folder) throws Exception {
        List<String> words = new ArrayList<>(run);
        Path record = folder.resolve("record");
        Files.deleteIfExists(record);
        words.addAll(List.of("--digest", "--json", record.toString()));
        int code = (int) loader.run(MAIN, "run", words);
        Matcher digest = DIGEST.matcher(Files.readString(record));
        if (code != 0 || !digest.find()) {
            throw new IllegalStateException(words + " ended with " + code);
        }
        return digest.group(1);
    }
}
