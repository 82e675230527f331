package ghostrow.run;

/**
 * Has the inner loops of a run compiled by a thread of its own, while others read words and files and the ranks meet.
 */
public final class WarmUp {
    private final Thread thread;

    private WarmUp(Thread thread) {
        this.thread = thread;
    }

    /** @param loops runs them, on next to no data, until they are compiled */
    public static WarmUp begin(Runnable loops) {
        return new WarmUp(Thread.ofPlatform().daemon().name("warm-up").start(loops));
    }

    /** Where there is nothing to compile. */
    public static WarmUp none() {
        return new WarmUp(Thread.ofPlatform().unstarted(() -> { }));
    }

    /** To begin sooner would not be over sooner: vectors that are interpreted keep the compiler from its work. */
    public void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
