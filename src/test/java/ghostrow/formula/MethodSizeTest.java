package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** HotSpot never compiles a method of more than 8000 bytes of code: a loop in it would be interpreted for ever. */
class MethodSizeTest {
    private static final int LONGEST = 8000;

    @TestFactory
    Stream<DynamicTest> noMethodIsTooLongToBeCompiled() {
        return Stream.of(2, 4, 8).flatMap(width -> LargeFormulas.NAMES.stream().map(name -> DynamicTest.dynamicTest(
            width + " lanes, " + name, () -> {
                // The last loop is the one that adds, and any number of operations may be left for it.
                for (int terms = 20; terms < 45; terms++) {
                    LargeFormulas large = LargeFormulas.of(name, terms);
                    Compiled compiled = large.formula().compile(large.sum(), new VectorNotation(width, terms % 2 == 0));
                    assertTrue(longest(compiled) <= LONGEST, longest(compiled) + " bytes, " + terms + " terms");
                }
            })));
    }

    @Test
    void randomFormulasHaveNoLongMethodsEither() {
        RandomFormulas formulas = new RandomFormulas(new Random(12));
        TestData data = new TestData(Arena.ofAuto(), new Random(13));
        for (int f = 0; f < 300; f++) {
            String text = formulas.real(7);
            for (String whole : List.of(text, "sum(" + text + ")")) {
                Compiled compiled = data.formula(whole).compile(false, new VectorNotation(2, true));
                assertTrue(longest(compiled) <= LONGEST, () -> longest(compiled) + " bytes: " + whole);
            }
        }
    }

    private static int longest(Compiled compiled) {
        return compiled.classes().stream().flatMap(bytes -> ClassFile.of().parse(bytes).methods().stream())
            .mapToInt(method -> method.findAttribute(Attributes.code()).orElseThrow().codeLength()).max().orElseThrow();
    }
}
