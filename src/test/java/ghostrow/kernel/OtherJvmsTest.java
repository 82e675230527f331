package ghostrow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.cc.CLibrary;
import ghostrow.spmd.Children;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same bits on processors with shorter vectors, and in a JVM that was started without the Vector API. */
class OtherJvmsTest {

    private static final List<String> STENCILS = List.of("boxed", "local", "typed", "expanded", "plain", "whole-array",
            "blocked-array", "formula", "c", "vector", "blocked", "blocked-array");
    private static final List<String> ESCAPES = List.of("boxed", "local", "typed", "expanded", "plain", "whole-array",
            "blocked-array", "formula", "c", "vector", "skip", "blocked-array");
    private static final List<String> VECTORS = List.of("vector", "blocked", "skip");

    @Test
    void vectorsOf256BitsGiveTheSameBits() throws Exception {
        assertEquals(said(true), run("--add-modules=jdk.incubator.vector",
                "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));
    }

    @Test
    void vectorsOf128BitsGiveTheSameBits() throws Exception {
        assertEquals(said(true), run("--add-modules=jdk.incubator.vector",
                "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=0", "-XX:MaxVectorSize=16"));
    }

    @Test
    void withoutTheVectorApiThePlainKernelsRemain() throws Exception {
        assertEquals(said(false), run());
    }

    private static String said(boolean vectors) {
        return said("stencil ", STENCILS, vectors) + said("escape ", ESCAPES, vectors)
                + (vectors ? "auto blocked vector\n" : "auto plain plain\n");
    }

    private static String said(String kind, List<String> rungs, boolean vectors) {
        return rungs.stream().filter(rung -> vectors || !VECTORS.contains(rung))
                .filter(rung -> !rung.equals("c") || CLibrary.missing().isEmpty()).map(rung -> kind + rung + "\n")
                .collect(Collectors.joining());
    }

    private static String run(String... options) throws IOException, InterruptedException {
        // A device has vectors of its own.
        return Children.output(Children.launch(Children.java(List.of(options), EveryKernel.class))
                .with(Map.of("GHOSTROW_GPU_DEVICE", "none")))
                .replaceAll("(?m)^WARNING: .*\\R", "");
    }
}
