package ghostrow.comm.check;

/** How much has been checked. */
final class Counts {
    private long messages;
    private long collectives;

    void message() {
        messages++;
    }

    void collective() {
        collectives++;
    }

    long messages() {
        return messages;
    }

    long collectives() {
        return collectives;
    }
}
