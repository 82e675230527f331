package ghostrow.comm.check;

/** What sorts of mistakes there are. */
enum Kind {
    /** Ranks wait for each other, by the order of their calls. */
    ORDER("deadlock"),
    /** Ranks wait for each other, since a message has another tag than is asked for. */
    TAG("deadlock"),
    /** A collective call that not all ranks make, or not in the same order. */
    COLLECTIVE("collective"),
    /** Lengths, types or operations that do not fit each other. */
    MISMATCH("mismatch"),
    /** Memory touched while a message travels from it or to it. */
    INFLIGHT("in flight"),
    /** Requests and exchanges that are not waited for. */
    REQUEST("request"),
    /** Messages that are never received, and what is never closed. */
    LEAK("leak"),
    /** A receive from whichever rank, that another message could have met. No mistake where the order does not matter. */
    RACE("race");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isMistake() {
        return this != RACE;
    }
}
