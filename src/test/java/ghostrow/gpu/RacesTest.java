package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No item of any kernel touches what another does, or what is nobody's, in small runs of the apps. */
class RacesTest {
    @TestFactory
    Stream<DynamicTest> kernelsAreRight() {
        return Stream.of(
                // More than a tile a side, and a last pass that is shorter.
                "jacobi --size 60 --steps 7 --kernel gpu --gpu-kernel steps",
                "jacobi --size 21 --tolerance 1e-2 --check 4 --kernel gpu --gpu-kernel rows",
                "jacobi --size 20 --steps 4 --kernel gpu --gpu-kernel cell",
                "jacobi --size 20 --steps 2 --kernel gpu-array",
                "jacobi --size 20 --steps 2 --kernel gpu-element",
                "mandelbrot 20 50 --kernel gpu --no-output", "mandelbrot 20 20 --kernel gpu-array --no-output",
                "mandelbrot 20 20 --kernel gpu-element --no-output",
                "auc 1000 --device gpu").map(words -> DynamicTest.dynamicTest(words, () -> {
                    RaceCheck.Findings findings = RaceCheck.ghostrow(words.split(" "));
                    assertTrue(findings.ended().well(), findings.toString());
                    assertEquals("", findings.complaints());
                }));
    }
}
