package ghostrow.app.mandelbrot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.explain.Explained;
import ghostrow.kernel.EscapeRung;
import ghostrow.kernel.Escapes;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rung of the Mandelbrot set can be explained. */
class EscapeExplanationTest {
    /** Too short for much to be compiled: what is said of bytecode does not depend on that. */
    private static final Duration SHORT = Duration.ofMillis(50);

    @TestFactory
    Stream<DynamicTest> everyRungExplainsItself() {
        return EscapeRungs.all().stream().filter(rung -> rung.missing().isEmpty())
                .map(rung -> DynamicTest.dynamicTest(rung.label(), () -> {
                    Explained explained = explain(rung);
                    explained.fitsATerminal();
                    assertTrue(explained.text().startsWith(rung.label() + ": "), explained.text());
                    if (rung instanceof EscapeRung) {
                        explained.says(rung.worker().getClass().getSimpleName() + ".");
                        explained.says("The bytecode of the innermost loop");
                    }
                }));
    }

    @Test
    void formulasAreShownWithWhatBecameOfThem() {
        Explained formula = explain(EscapeRungs.all().stream().filter(each -> each.label().equals("formula"))
                .findFirst().orElseThrow());
        formula.says("formula     re*re - im*im + qx");
        formula.says("bytecode");
    }

    private static Explained explain(Escapes rung) {
        return Explained.by(new EscapeExplanation(rung, SHORT)::print);
    }
}
