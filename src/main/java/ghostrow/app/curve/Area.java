package ghostrow.app.curve;

/**
 * What came out; its value counts at rank 0.
 *
 * @param settled false where a tolerance was asked for and not reached
 */
record Area(long intervals, double value, boolean settled) {
    boolean isNear(Area other, double tolerance) {
        return Math.abs(value - other.value) <= tolerance;
    }

    Area unsettled() {
        return new Area(intervals, value, false);
    }
}
