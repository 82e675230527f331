package ghostrow.run;

/**
 * Has the inner loops of a run compiled by a thread of its own, while others read words and files and the ranks meet.
 */
public final class WarmUp {
    /** Null where there is nothing to do. */
    private final Thread thread;

    private WarmUp(Thread thread) {
        this.thread = thread;
    }

    /** @param loops runs them, on next to no data, until they are compiled */
    public static WarmUp of(Runnable loops) {
        return new WarmUp(Thread.ofPlatform().daemon().name("warm-up").unstarted(loops));
    }

    /** Where there is nothing to compile. */
    public static WarmUp none() {
        return new WarmUp(null);
    }

    /** To begin before there is time would not be over sooner: vectors that are interpreted keep the compiler waiting. */
    public void begin() {
        if (thread != null && thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Returns at once where nothing has begun. */
    public void await() {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
