package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.explain.Explained;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import ghostrow.kernel.Stencils;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rung of the grid can be explained. */
class GridExplanationTest {
    private static final Rule JACOBI = new Rule.Jacobi();
    /** Too short for much to be compiled: what is said of bytecode does not depend on that. */
    private static final Duration SHORT = Duration.ofMillis(50);

    @TestFactory
    Stream<DynamicTest> everyRungExplainsItself() {
        return GridRungs.all().stream().filter(rung -> rung.missing().isEmpty())
                .map(rung -> DynamicTest.dynamicTest(rung.label(), () -> {
                    Explained explained = explain(rung, JACOBI);
                    explained.fitsATerminal();
                    assertTrue(explained.text().startsWith(rung.label() + ": "), explained.text());
                    if (rung instanceof Rung) {
                        explained.says(rung.worker(JACOBI).getClass().getSimpleName() + ".");
                        explained.says("The bytecode of the innermost loop");
                    }
                }));
    }

    @Test
    void formulaAndCAreShownAsWhatTheyAre() {
        explain(rung("formula"), JACOBI).says("formula     0.2*(p[1:n+1, 1:m+1]");
        explain(rung("formula"), new Rule.Diffusion(0.1)).says("factor*(p[2:n+2, 1:m+1]");
        Stencils c = rung("c");
        if (c.missing().isEmpty()) {
            Explained explained = explain(c, JACOBI);
            explained.says("void jacobi(");
            explained.says("for (long c = 0; c < columns; c++) {\n      > ");
            assertTrue(!explained.text().contains("void diffusion("), explained.text());
        }
    }

    private static Stencils rung(String label) {
        return GridRungs.all().stream().filter(each -> each.label().equals(label)).findFirst().orElseThrow();
    }

    private static Explained explain(Stencils rung, Rule rule) {
        return Explained.by(new GridExplanation(rung, rule, SHORT)::print);
    }
}
