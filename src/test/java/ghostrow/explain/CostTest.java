package ghostrow.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is read out of bytecode: the cost of lines, loops, and which methods are worth showing. */
class CostTest {
    private static final Path SOURCE = Path.of("src/test/java/ghostrow/explain/Sample.java");

    private final List<Reach.Method> busiest = new Reach(Sample.class).busiest(_ -> true);

    @Test
    void linesCostWhatTheirDearestInstructionDoes() throws Exception {
        Map<Integer, Character> costs = new TreeMap<>();
        busiest.forEach(method -> method.code().costs().forEach((line, cost) -> costs.put(line, cost.mark())));
        List<String> lines = Files.readAllLines(SOURCE);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.matches(".*; // \\d|.*\\{ // \\d")) {
                assertEquals(line.charAt(line.length() - 1), costs.get(number), line);
            }
        }
    }

    @Test
    void methodsThatLoopsCallAreShownThoseOfOthersIfTheyWereBusy() {
        assertEquals(List.of("Sample.sum", "Sample.half"), labels(new Reach(Sample.class).busiest(_ -> false)));
        assertEquals(List.of("Sample.sum", "Sample.half", "SampleHelper.third"), labels(busiest));
    }

    @Test
    void theInnermostLoopIsListed() {
        Code sum = busiest.getFirst().code();
        assertEquals(List.of(1, 2), sum.loops().stream().map(loop -> sum.depthAt(loop.first())).toList());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Listing(Page.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8)), sum)
                .print(sum.innermost().orElseThrow(), 10);
        String listing = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(listing.contains("dload           sum") && listing.contains("dmul"), listing);
        assertFalse(listing.contains("List.get"), listing);
        assertTrue(listing.contains("... and "), listing);
    }

    @Test
    void theIdeaIsTheFirstParagraphOfTheComment() throws Exception {
        Source source = new Source("Sample.java", Files.readAllLines(SOURCE));
        assertEquals("A little of everything, for what is said of bytecode: each line costs what stands behind it.",
                source.idea("Sample").orElseThrow());
        assertEquals("Some b text.", new Source("X", List.of("/**", " * Some {@link A#b} text.", " * <p>More", " */",
                "final class X {")).idea("X").orElseThrow());
    }

    @Test
    void machineCodeTellsHowManyNumbersItTakesAtATime() {
        Map<Integer, Integer> counts = MachineCode.count(List.of(
                "   0:\tc5 fb 58 c1          \tvaddsd %xmm1,%xmm0,%xmm0",
                "   4:\t62 f1 fd 48 59 c2    \tvmulpd %zmm2,%zmm0,%zmm0",
                "   a:\t62 f2 f5 48 b8 d0    \tvfmadd231pd %zmm0,%zmm1,%zmm2",
                "  10:\t66 0f 58 c1          \taddpd  %xmm1,%xmm0",
                "  14:\tc5 f9 57 c0          \tvxorpd %xmm0,%xmm0,%xmm0"));
        assertEquals(Map.of(1, 1, 2, 1, 8, 2), counts);
        assertEquals("is vectorised: of its 4 instructions of arithmetic on doubles 2 take 8, 1 takes 2, 1 takes one "
                + "at a time.", MachineCode.inWords(counts));
        assertTrue(MachineCode.inWords(Map.of(1, 7)).startsWith("is not vectorised: each of its 7 "));
        assertTrue(MachineCode.inWords(Map.of()).startsWith("has no arithmetic"));
    }

    private static List<String> labels(List<Reach.Method> methods) {
        return methods.stream().map(method -> method.code().name().label()).collect(Collectors.toList());
    }
}
