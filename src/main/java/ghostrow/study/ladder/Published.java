package ghostrow.study.ladder;

import java.util.Map;

/**
 * What others have published of the same technique: seconds for the published size of the problem, on machines of their
 * day.
 */
final class Published {
    private static final Map<String, Map<String, String>> FIGURES = Map.of(
            "mandelbrot", Map.ofEntries(
                    Map.entry("boxed, interpreted", "CPython 49"),
                    Map.entry("local, interpreted", "CPython 30"),
                    Map.entry("boxed, C1", "Cython 20"),
                    Map.entry("boxed", "PyPy 8.9"),
                    Map.entry("local", "PyPy 5.7"),
                    Map.entry("typed", "Cython 9.8"),
                    Map.entry("expanded", "Cython 0.6"),
                    Map.entry("plain", "Cython 0.49"),
                    Map.entry("whole-array", "NumPy 54"),
                    Map.entry("blocked-array", "NumPy 42"),
                    Map.entry("formula", "NumExpr 19.1"),
                    Map.entry("c", "ShedSkin 0.4"),
                    Map.entry("gpu-array", "pyCUDA 3.5"),
                    Map.entry("gpu-element", "pyCUDA 0.07"),
                    Map.entry("ranks", "2 processes 19")),
            "diffusion", Map.of(
                    "boxed, interpreted", "CPython 132",
                    "whole-array", "NumPy 4.46",
                    "formula", "NumExpr 3.01",
                    "c", "C++ 0.73"),
            "jacobi", Map.of(
                    "boxed, interpreted", "CPython 488",
                    "boxed", "PyPy 9.09",
                    "whole-array", "NumPy 4.592",
                    "c", "C 0.897",
                    "gpu", "GTX 1080 0.0507"));

    private Published() {
    }

    /** With threads and ranks, whatever the rung; {@code -} where nothing is known. */
    static String figure(String app, Step step) {
        Map<String, String> figures = FIGURES.get(app);
        return figures.getOrDefault(step.name(), figures.getOrDefault(step.mode().kind(), "-"));
    }
}
