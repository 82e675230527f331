/**
 * Formulas typed by the user: NumExpr's language, and slices of operands, compiled for the machine.
 * <pre>
 *   text → {@code Token} → {@code Syntax} → typed {@code Graph} → {@code Plan} of loops → hidden class
 *                                                          └→ {@code DeviceText}, a kernel in OpenCL C
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
 * <p>Around all of a formula there can be one reduction. min and max keep the kind and are NaN if an element is;
 * -0 is less than 0 to them, where NumPy gives whichever it meets. There is no min or max of no elements. mean is
 * sum, of the elements as doubles, divided by their number, and NaN of none. count (NumPy's count_nonzero) tells
 * how many are true or not 0, any and all whether one is, or each; NaN is not 0. product is also written prod.
 * A name that no parenthesis follows is an operand's, be it called sum or max.
 *
 * <p>The same bits come of every range, thread, vector width, and with no vectors at all; only the sign
 * and the payload of a NaN may differ. A sum is made of pieces of a fixed number of elements, a piece of
 * 16 lanes, element j in lane j modulo 16; a lane keeps its rounding errors beside it, and pieces are
 * added in order. The error is within half a unit in the last place of the total and a term in the square
 * of the rounding unit, as for Neumaier's sum. That takes seven operations an element instead of one.
 * A product is made in the same order, uncompensated; to min, max, count, any and all the order
 * makes no difference.
 *
 * <p>Where the terms are not read from memory but made of element numbers, as those of an area are, the adding
 * would set the pace. There a lane takes four terms at a time, added in pairs:
 * {@code (f[j] + f[j+16]) + (f[j+32] + f[j+48])}. With u for the rounding unit the error is within 2u times the
 * sum of the terms' moduli, the bound of Kahan's sum, and half a unit in the last place of the total; it takes
 * two and a half operations an element. There, too, terms such as {@code - 2*b} are fused with what they are added
 * to in every other vector, if no number of the run comes near overflow: then that changes no bit, since the
 * product is exact. On a Zen 4 core a 512-bit addition and a multiplication start each cycle, and half of each
 * kind keeps both busy; fusing all of them or none was slower by 4 %, two vectors of 256 bits instead of one of
 * 512 by 18 %.
 *
 * <p>Limits: 64 KiB of text, 200 levels of nesting; ranges are checked before a run, so that memory must
 * stay open until it ends. Without the vector module the same loops run one element at a time.
 */
package ghostrow.formula;
