/** Formulas typed by the user. */
package ghostrow.formula;
