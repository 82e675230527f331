package ghostrow.gpu;

/** Takes the points of a lane some iterations further. */
interface EscapeSteps extends AutoCloseable {

    /** How many iterations a launch may do. */
    int most(int points);

    /** Enqueues what has to be done before the first iteration. */
    void start(int columns, int points, int maxiter);

    /** Enqueues iterations {@code from} up to but not including {@code to}; counts are right when all are done. */
    void run(int from, int to);

    /** Waits for what is enqueued; false if no more iterations are needed. */
    boolean anyInside();

    @Override
    void close();
}
