package ghostrow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.spmd.Children;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same bits on processors with shorter vectors, and in a JVM that was started without the Vector API. */
class OtherJvmsTest {

    private static final String ALL = """
            stencil plain
            stencil vector
            stencil blocked
            escape plain
            escape vector
            escape skip
            auto blocked vector
            """;

    @Test
    void vectorsOf256BitsGiveTheSameBits() throws Exception {
        assertEquals(ALL, run("--add-modules=jdk.incubator.vector",
                "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));
    }

    @Test
    void vectorsOf128BitsGiveTheSameBits() throws Exception {
        assertEquals(ALL, run("--add-modules=jdk.incubator.vector",
                "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=0", "-XX:MaxVectorSize=16"));
    }

    @Test
    void withoutTheVectorApiThePlainKernelsRemain() throws Exception {
        assertEquals("""
                stencil plain
                escape plain
                auto plain plain
                """, run());
    }

    private static String run(String... options) throws IOException, InterruptedException {
        return Children.output(Children.launch(Children.java(List.of(options), EveryKernel.class)))
                .replaceAll("(?m)^WARNING: .*\\R", "");
    }
}
