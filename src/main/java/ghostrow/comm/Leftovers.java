package ghostrow.comm;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a group's ranks have closed but their library still holds, since it takes such things back only where all
 * ranks of them ask at once. A rank that fails closes what it leaves behind, too, and must not wait for others on its
 * way out: they may be waiting for it. So closing only puts a thing here, and the group gives it back where its ranks
 * have to meet anyway: when they next make such a thing, and at the end of a program that ended well.
 */
public final class Leftovers {
    private final Deque<Runnable> closed = new ArrayDeque<>();

    /** @param giveBack may be collective, in the order in which all ranks of it close things */
    public void add(Runnable giveBack) {
        closed.add(giveBack);
    }

    /** Collective, as far as there is something left. */
    public void giveBack() {
        while (!closed.isEmpty()) {
            closed.remove().run();
        }
    }
}
