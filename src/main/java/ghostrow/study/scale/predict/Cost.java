package ghostrow.study.scale.predict;

import java.util.Locale;

/** What a rank's time goes into. */
public enum Cost {
    /** The rows of an even share. */
    KERNEL,
    /** Rows of the thickest strip beyond an even share, which all others wait for. */
    UNEVEN,
    /** Rows that a neighbour computes as well. */
    REDUNDANT,
    /** Messages as if they were empty. */
    LATENCY,
    /** What the messages' bytes take. */
    TRANSFER,
    /** Questions that all ranks answer together. */
    AGREEMENT,
    SNAPSHOTS,
    /** The sum at the end: of all rows side by side, then of the rows' sums at rank 0. */
    SUM;

    public String label() {
        return switch (this) {
            case UNEVEN -> "uneven strips";
            case REDUNDANT -> "redundant rows";
            case SUM -> "closing sum";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}
