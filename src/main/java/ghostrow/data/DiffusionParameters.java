package ghostrow.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The physics of a diffusion run as the parameter file states it: the equation's D, the square from x1 to x2
 * on both axes, how long, how fine, and how often it reports.
 */
public record DiffusionParameters(double d, double x1, double x2, double runtime, double dx, double outtime,
                                  boolean graphics) {
    public static final List<String> NAMES = List.of("D", "x1", "x2", "runtime", "dx", "outtime", "graphics");

    /** Beyond 2^53 a double no longer counts every step. */
    private static final double MOST_STEPS = 0x1p53;
    /** Snapshot sizes, rows x columns x 8 bytes, stay far inside a long up to here. */
    private static final double MOST_ROWS = 1 << 29;

    public static DiffusionParameters read(Path file, List<String> overrides) {
        return of(ParameterFile.read(file).with(overrides));
    }

    public static DiffusionParameters of(ParameterFile file) {
        file.requireExactly(NAMES);
        DiffusionParameters p = new DiffusionParameters(file.number("D"), file.number("x1"),
                file.number("x2"), file.number("runtime"), file.number("dx"), file.number("outtime"),
                file.flag("graphics"));
        p.check(file);
        return p;
    }

    /** What decides the result, by the names of the parameter file: a restart must find these unchanged. */
    public Map<String, Double> physics() {
        return Map.of("D", d, "x1", x1, "x2", x2, "runtime", runtime, "dx", dx, "outtime", outtime);
    }

    private void check(ParameterFile file) {
        if (d <= 0) {
            throw file.complain("D", "the diffusion coefficient must be above 0");
        }
        if (x2 <= x1) {
            throw file.complain("x2", "must be above x1 = " + x1);
        }
        double width = x2 - x1;
        if (!Double.isFinite(width)) {
            throw file.complain("x2", "x2 - x1 must be a finite width; x1 is " + x1);
        }
        if (dx <= 0) {
            throw file.complain("dx", "the grid spacing must be above 0");
        }
        if (dx > width) {
            throw file.complain("dx", "must not be larger than the domain, x2 - x1 = " + width);
        }
        if (width / dx > MOST_ROWS) {
            throw file.complain("dx", "makes " + width / dx + " rows; at most " + (long) MOST_ROWS
                    + " are possible");
        }
        if (runtime < 0) {
            throw file.complain("runtime", "must not be negative");
        }
        if (outtime < 0) {
            throw file.complain("outtime", "must not be negative");
        }
        DiffusionPlan plan = DiffusionPlan.of(this);
        if (!(plan.dt() > 0) || !Double.isFinite(plan.dt())
                || !Double.isFinite(d / (plan.dx() * plan.dx()))) {
            throw file.complain("D", "with dx = " + dx + " makes a time step of " + plan.dt()
                    + " that a double cannot work with");
        }
        if (!(runtime / plan.dt() < MOST_STEPS)) {
            throw file.complain("runtime", "needs " + runtime / plan.dt() + " steps of " + plan.dt()
                    + "; at most 2^53 can be counted");
        }
    }
}
