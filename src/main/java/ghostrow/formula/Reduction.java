package ghostrow.formula;

/** What is done with the elements of a formula: each kept, all added, or all multiplied. */
public enum Reduction { NONE, SUM, PRODUCT }
