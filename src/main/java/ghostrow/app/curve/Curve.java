package ghostrow.app.curve;

import ghostrow.app.curve.Integral.Rule;
import ghostrow.formula.Compiled;

/**
 * What is integrated, and how.
 *
 * @param sum the formula in x, compiled to be summed over evenly spaced points
 */
record Curve(String formula, Compiled sum, double from, double to, Rule rule) {
    boolean isPublished() {
        return formula.equals(PublishedCurve.TEXT);
    }
}
