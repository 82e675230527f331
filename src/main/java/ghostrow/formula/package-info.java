/**
 * Formulas typed by the user: NumExpr's language, and slices of operands, compiled for the machine.
 * <pre>
 *   text → {@code Token} → {@code Syntax} → typed {@code Graph} → {@code Plan} of loops → hidden class
 * </pre>
 * A formula can name its operands, its parameters, pi, e, True, False and the listed functions, and
 * nothing else; no text reaches reflection. This package knows no other: no MPI, no files, no clocks.
 *
 * <p>Meaning. Precedence is Python's; a chain of comparisons is refused. Kinds are bool, int64 and
 * float64 and combine as NumPy's do, with two differences: what NumPy makes int8 or float16 of bools is
 * int64 or float64 here. {@code /} gives doubles, {@code %} has the sign of the divisor, an integer modulo
 * 0 is 0, integers wrap, and a shift by a negative count or by more than 63 shifts every bit out. All of
 * it is NumPy's bit for bit, NaNs counting as one, except:
 * <ul>
 * <li>Whole powers up to 50 are multiplied out by repeated squaring, as NumExpr does: {@code x**3} is
 * {@code x*(x*x)}. NumPy calls pow for those above 2, which differs by up to 2 units in the last place for
 * {@code x**3} and {@code x**4}, 7 for {@code x**10} and 39 for {@code x**50}. Other powers are
 * StrictMath.pow, and {@code x**0.5} is sqrt.</li>
 * <li>Functions are StrictMath's, one element at a time, and so the same bits on every machine; they are
 * no faster than that (10 to 30 ns an element). arcsinh, arccosh and arctanh, which it lacks, are within 2
 * units in the last place (largest seen 1.6, 2.0 and 1.6).</li>
 * </ul>
 *
 * <p>The same bits come of every range, thread, vector width, and with no vectors at all; only the sign
 * and the payload of a NaN may differ. A sum is made of pieces of a fixed number of elements, a piece of
 * 16 lanes, element j in lane j modulo 16; a lane keeps its rounding errors beside it, and pieces are
 * added in order. The error is within half a unit in the last place of the total and a term in the square
 * of the rounding unit, as for Neumaier's sum. That takes seven operations an element instead of one,
 * about half the speed of a plain sum of a cubic. A product is made in the same order, uncompensated.
 *
 * <p>Limits: 64 KiB of text, 200 levels of nesting; ranges are checked before a run, so that memory must
 * stay open until it ends. Without the vector module the same loops run one element at a time.
 */
package ghostrow.formula;
