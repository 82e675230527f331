package ghostrow.study.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is computed, and smaller ones like it. */
class ProblemTest {
    private static final Path HOME = Path.of(".");

    private static Problem problem(String app, String... words) {
        return Problem.of(app, List.of(words), HOME).orElseThrow();
    }

    @Test
    void nothingSaidIsThePublishedSize() {
        assertEquals("mandelbrot 1000 1000", problem("mandelbrot").title());
        assertEquals("jacobi --size 1000 --steps 1000", problem("jacobi").title());
        assertEquals("diffusion --set dx=0.1", problem("diffusion").title());
        assertEquals(5999.0 * 200 * 200, problem("diffusion").work());
        assertEquals("mandelbrot 300 1000 --chunk 2", problem("mandelbrot", "300", "--chunk", "2").title());
    }

    @Test
    void smallerCasesSayHowMuchOfTheWorkTheyAre() {
        Problem set = problem("mandelbrot", "1000", "500");
        assertEquals(new Case(List.of("250", "500"), 1 / 16.0), set.smaller(1 / 16.0));
        assertEquals(new Case(List.of("1000", "50"), 0.1), set.shorter(0.1));
        Problem plate = problem("jacobi", "--steps=800", "--size", "200");
        assertEquals(new Case(List.of("--size", "200", "--steps", "80"), 0.1), plate.smaller(0.1));
        // 16 steps at least: the rest is saved on the grid.
        Case tiny = plate.smaller(1 / 200.0);
        assertEquals(List.of("--size", "100", "--steps", "16"), tiny.words());
        assertEquals(100.0 * 100 * 16 / (200.0 * 200 * 800), tiny.share());
    }

    @Test
    void smallerCasesOfDiffusionHaveTheirStepsWhateverTheProgramRounds() {
        Density density = (Density) problem("diffusion");
        for (Case one : density.cases()) {
            Density smaller = (Density) Density.of(one.words(), HOME).orElseThrow();
            assertEquals(one.share(), smaller.work() / density.work(), 1e-12, one.name());
        }
    }

    @Test
    void casesGoFromTheWholeToWhatAnybodyCanDo() {
        List<Case> cases = problem("mandelbrot").cases();
        assertTrue(cases.getFirst().whole());
        assertTrue(cases.getLast().share() * problem("mandelbrot").work() >= problem("mandelbrot").little());
        for (int i = 1; i < cases.size(); i++) {
            assertTrue(cases.get(i).share() < cases.get(i - 1).share());
        }
        assertEquals(1, problem("mandelbrot", "100", "100").cases().size());
    }

    @Test
    void whatMakesNoSenseIsLeftToTheApp() {
        for (String[] words : List.of(new String[] {"0"}, new String[] {"x"}, new String[] {"100", "-5"},
                new String[] {"40000000"}, new String[] {"100", "3000000000"})) {
            assertTrue(Problem.of("mandelbrot", List.of(words), HOME).isEmpty(), words[0]);
        }
        assertTrue(Problem.of("jacobi", List.of("--size", "0"), HOME).isEmpty());
        assertTrue(Problem.of("jacobi", List.of("--steps", "0"), HOME).isEmpty());
        assertTrue(Problem.of("diffusion", List.of("--set", "runtime=0"), HOME).isEmpty());
        assertThrows(InputException.class, () -> problem("diffusion", "--set", "dx=-1"));
    }
}
