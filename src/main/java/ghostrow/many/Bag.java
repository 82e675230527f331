package ghostrow.many;

import ghostrow.comm.Comm;

/** Many pieces of work, none of which needs another. */
interface Bag {

    int count();

    /** What one of them is, in a word. */
    String noun();

    /** Seconds that it takes on one core, as far as that can be told; to order them, and to say how long they will take. */
    double cost(int item);

    /**
     * Does it.
     *
     * @param attempt how often it has been begun, this time included: what earlier ones have left may be there
     * @param group   who is to do it, all of them alike; what the first of them answers counts
     */
    Outcome run(int item, int attempt, Comm group);
}
