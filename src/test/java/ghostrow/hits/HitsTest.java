package ghostrow.hits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Counts in classes of which they are known. */
class HitsTest {
    private static final String SAMPLES = "ghostrow.hits.samples.";
    private static final Path SOURCES = Path.of("src/test/java/ghostrow/hits/samples");
    private static final Program PROGRAM = new Program(List.of(Path.of("target/test-classes")), SAMPLES, List.of(),
            Set.of());
    private static final Pattern EXPECTED = Pattern.compile("// (\\d+)$");

    @Test
    void everyLineHasTheHitsWrittenBehindIt() throws Exception {
        HitLoader counting = new HitLoader(PROGRAM, Wanted.of("--lines", "Sample", PROGRAM));
        String counted = (String) counting.run(SAMPLES + "Sample", "run", List.of("x"));
        HitLoader bare = new HitLoader(PROGRAM, new Wanted(Map.of()));
        String plain = (String) bare.run(SAMPLES + "Sample", "run", List.of("x"));
        assertEquals(plain, counted);
        Map<Integer, Long> hits = counting.hits().byLine().get(SAMPLES + "Sample");
        List<String> wrong = new ArrayList<>();
        List<String> source = Files.readAllLines(SOURCES.resolve("Sample.java"));
        for (int line = 1; line <= source.size(); line++) {
            Matcher expected = EXPECTED.matcher(source.get(line - 1));
            if (expected.find() && hits.getOrDefault(line, -1L) != Long.parseLong(expected.group(1))) {
                wrong.add(line + ": " + source.get(line - 1).strip() + " had " + hits.get(line));
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void threadsCountForThemselves() throws Exception {
        // Of a program whose classes share no prefix, as a user's.
        Program program = new Program(PROGRAM.roots(), "", List.of(), Set.of());
        Wanted wanted = Wanted.of("--lines", "samples.Threads.step,samples.Threads.work", program);
        HitLoader counting = new HitLoader(program, wanted);
        counting.run(SAMPLES + "Threads", "run", List.of("100000"));
        Hits hits = counting.hits();
        for (int i = 0; i < 4; i++) {
            String name = "worker " + i;
            Hits.OfThread worker = hits.threads().stream().filter(thread -> thread.name().equals(name)).findFirst()
                    .orElseThrow();
            assertEquals("rank 1", worker.group());
            assertEquals(100000 + i, entries(worker.methods(), "step"));
        }
        assertEquals(500006, entries(hits.methods(), "step"));
        assertEquals(5, entries(hits.methods(), "work"));
        assertEquals(400006, entries(hits.of(thread -> thread.group().equals("rank 1")).methods(), "step"));
    }

    private static long entries(List<Hits.OfMethod> methods, String name) {
        return methods.stream().filter(method -> method.name().equals(name)).mapToLong(Hits.OfMethod::entries).sum();
    }

    @Test
    void onlyWhatIsWantedCounts() throws Exception {
        HitLoader counting = new HitLoader(PROGRAM, Wanted.of("--lines", "Sample.Inner.twice,Sample.new", PROGRAM));
        counting.run(SAMPLES + "Sample", "run", List.of());
        List<String> names = counting.hits().methods().stream().map(Hits.OfMethod::name).toList();
        assertEquals(5, names.stream().filter("<init>"::equals).count());
        assertEquals(List.of("twice"), names.stream().filter(name -> !name.equals("<init>")).toList());
        assertTrue(HitLoader.around(counting.loadClass(SAMPLES + "Sample")).isPresent());
        assertFalse(HitLoader.around(HitsTest.class).isPresent());
    }

    @Test
    void theVerifierAcceptsEveryMethodWithCounters() throws Exception {
        Program all = new Program(List.of(Path.of("target/classes")), "ghostrow.", List.of(), Set.of());
        try (ProgramFiles files = new ProgramFiles(all)) {
            Map<String, Set<String>> methods = new TreeMap<>();
            files.classes().forEach(name -> methods.put(name, Set.of()));
            HitLoader counting = new HitLoader(all, new Wanted(methods));
            for (String name : files.classes()) {
                // To ask for its methods has the JVM verify a class, but not run any of it.
                assertTrue(counting.loadClass(name).getDeclaredMethods().length >= 0, name);
            }
        }
    }
}
