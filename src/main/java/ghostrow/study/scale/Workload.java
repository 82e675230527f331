package ghostrow.study.scale;

import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.data.InputException;
import ghostrow.study.Row;
import ghostrow.study.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The apps that can be studied: what their work is, and how their problem grows with the number of workers. */
enum Workload {
    DIFFUSION(true, "cell updates") {
        /** Cells a worker stay the same; so do the steps, for which the simulated time shrinks with dt. */
        @Override
        List<String> grown(Path home, List<String> words, int factor) {
            boolean named = !words.isEmpty() && !words.getFirst().startsWith("-");
            Path file = named ? Path.of(words.getFirst()) : home.resolve("params/diff2d.params");
            DiffusionParameters given = DiffusionParameters.read(file, Words.valuesOf(words, "--set"));
            DiffusionPlan plan = DiffusionPlan.of(given);
            long rows = scaled(plan.nrows(), factor);
            double width = given.x2() - given.x1();
            double dx = width / rows;
            double dt = 0.25 * (dx * dx) / given.d();
            // The program rounds these quotients down; halves keep them clear of the whole numbers.
            List<String> grown = new ArrayList<>(words);
            grown.addAll(List.of("--set", "dx=" + width / (rows + 0.5),
                    "--set", "runtime=" + (plan.nsteps() + 0.5) * dt,
                    "--set", "outtime=" + (plan.nper() + 0.5) * dt));
            return grown;
        }

        @Override
        double work(Row row) {
            return row.number("nrows") * row.number("ncols") * row.number("steps");
        }

        @Override
        String longer(Row row, double workers, double factor) {
            // A grid that has grown has a dt that has shrunk with it.
            return "--set runtime=" + roundedUp(row.number("steps") * row.number("dt") * workers * factor);
        }
    },
    JACOBI(false, "cell updates") {
        @Override
        List<String> grown(Path home, List<String> words, int factor) {
            List<String> sizes = Words.valuesOf(words, "--size");
            long size = sizes.isEmpty() ? DEFAULT_SIZE : number(sizes.getLast());
            List<String> grown = Words.without(words, "--size");
            grown.addAll(List.of("--size", Long.toString(scaled(size, factor))));
            return grown;
        }

        @Override
        double work(Row row) {
            return row.number("n") * row.number("n") * row.number("steps");
        }

        @Override
        String longer(Row row, double workers, double factor) {
            // More steps than it takes to settle are not done.
            return row.text("arguments").contains("--tolerance")
                    ? "--size " + roundedUp(row.number("n") * Math.sqrt(factor / workers))
                    : "--steps " + roundedUp(row.number("steps") * factor);
        }
    },
    MANDELBROT(true, "iterations") {
        @Override
        List<String> grown(Path home, List<String> words, int factor) {
            List<String> grown = new ArrayList<>(words);
            grown.set(0, Long.toString(scaled(size(words, "W"), factor)));
            return grown;
        }

        @Override
        double work(Row row) {
            return row.number("evaluations");
        }

        @Override
        String longer(Row row, double workers, double factor) {
            return "mandelbrot " + roundedUp(row.number("width") * Math.sqrt(factor / workers)) + " "
                    + row.text("maxiter");
        }
    },
    AUC(false, "points") {
        @Override
        List<String> grown(Path home, List<String> words, int factor) {
            List<String> grown = new ArrayList<>(words);
            grown.set(0, Long.toString(Math.multiplyExact(size(words, "N"), factor)));
            return grown;
        }

        @Override
        double work(Row row) {
            return row.number("points");
        }

        @Override
        String longer(Row row, double workers, double factor) {
            return "auc " + roundedUp(row.number("points") / workers * factor);
        }
    },
    /** A program of the user's own: nobody else knows its work, nor how to make it grow. */
    RUN(false, "") {
        @Override
        List<String> grown(Path home, List<String> words, int factor) {
            return words;
        }

        @Override
        double work(Row row) {
            return row.text("study").equals(Study.Kind.WEAK.label()) ? Setting.of(row).workers() : 1;
        }

        @Override
        String longer(Row row, double workers, double factor) {
            return "a problem " + roundedUp(factor) + " times as large";
        }
    };

    static final int DEFAULT_SIZE = 1000;

    private final boolean writesFiles;
    private final String unit;

    Workload(boolean writesFiles, String unit) {
        this.writesFiles = writesFiles;
        this.unit = unit;
    }

    static Workload named(String name) {
        return Arrays.stream(values()).filter(one -> one.label().equals(name)).findFirst()
                .orElseThrow(() -> new InputException("no study of '" + name + "'; there are "
                        + Arrays.stream(values()).map(Workload::label).collect(Collectors.joining(", "))));
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether its runs take {@code --out}. */
    boolean writesFiles() {
        return writesFiles;
    }

    /** What its work is counted in; empty where nobody knows. */
    String unit() {
        return unit;
    }

    /** The app's words for a problem {@code factor} times as large. */
    abstract List<String> grown(Path home, List<String> words, int factor);

    /** How much a run did, in the app's own unit: cell updates, evaluations, points. */
    abstract double work(Row row);

    /**
     * The words for runs that step so many times as long.
     *
     * @param row    a run that is too short
     * @param grown  whether its problem has grown with its workers
     */
    String longer(Row row, boolean grown, double factor) {
        return longer(row, grown ? Setting.of(row).workers() : 1, factor);
    }

    abstract String longer(Row row, double workers, double factor);

    /** To two digits: nobody wants 11873 steps. Some of what is paid once does not grow with the work. */
    static String roundedUp(double value) {
        return new BigDecimal(1.2 * value).round(new MathContext(2, RoundingMode.UP)).stripTrailingZeros()
                .toPlainString();
    }

    /** A side of a square whose area grows by a factor. */
    private static long scaled(long side, int factor) {
        return Math.round(side * Math.sqrt(factor));
    }

    private static long size(List<String> words, String expected) {
        if (words.isEmpty() || words.getFirst().startsWith("-")) {
            throw new InputException("a weak study needs the size to grow from: give " + expected
                    + " right behind the app's name");
        }
        return number(words.getFirst());
    }

    static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new InputException("found '" + word + "' where the problem's size was expected: a whole number");
        }
    }
}
