package ghostrow.run;

/**
 * Has the inner loops of a run compiled by a thread of its own, while others read words and files and the ranks meet.
 */
public final class WarmUp {
    private final Thread thread;

    private WarmUp(Runnable loops) {
        this.thread = Thread.ofPlatform().daemon().name("warm-up").unstarted(loops);
    }

    /** @param loops runs them, on next to no data, until they are compiled */
    public static WarmUp of(Runnable loops) {
        return new WarmUp(loops);
    }

    /** Where there is nothing to compile. */
    public static WarmUp none() {
        return new WarmUp(() -> { });
    }

    /** To begin before there is time would not be over sooner: vectors that are interpreted keep the compiler waiting. */
    public void begin() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Returns at once where nothing has begun. */
    public void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
