package ghostrow.hits;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers of one rewritten class: an array for each thread that came by, so that nobody counts in another's. Its
 * methods are called by rewritten code, which is why they are public.
 *
 * @param layout what the numbers mean
 * @param slots  arrays by the number of their thread, as far as it goes. A record's components are constants to the
 *               JIT compiler, as the fields of a class are not, so the way to one's own array is a few instructions
 * @param all    the arrays of all threads
 */
public record Counters(Layout layout, long[][] slots, Map<Thread, Own> all) {
    /** @param group of the thread, which forgets it when it ends */
    record Own(String group, long[] numbers) {
    }

    /** A cache line on each side keeps two threads' numbers apart. */
    static final int MARGIN = 8;

    /** More threads than a run has; later ones take a slower way. */
    private static final int SLOTS = 1024;

    /** As many as one class can have, for the rare code that runs before its class has been set up. */
    private static final int MOST = 1 << 16;

    static Counters of(Layout layout) {
        return new Counters(layout, new long[SLOTS][], new ConcurrentHashMap<>());
    }

    /** Those of a rewritten class, which knows its number. */
    public static Counters of(Class<?> counted, int number) {
        return HitLoader.around(counted).orElseThrow().counters(number);
    }

    /** The numbers of the current thread. */
    public static long[] mine(Counters counters) {
        Thread thread = Thread.currentThread();
        long number = thread.threadId();
        if (counters != null && number < SLOTS) {
            long[] mine = counters.slots[(int) number];
            if (mine != null) {
                return mine;
            }
        }
        return slowly(counters, thread);
    }

    /** A superclass that is being set up may call the class before that one is: such calls are not counted. */
    private static long[] slowly(Counters counters, Thread thread) {
        if (counters == null) {
            return new long[MOST];
        }
        long[] mine = counters.all.computeIfAbsent(thread, t -> new Own(t.getThreadGroup().getName(),
                new long[counters.layout.size() + 2 * MARGIN])).numbers;
        if (thread.threadId() < SLOTS) {
            counters.slots[(int) thread.threadId()] = mine;
        }
        return mine;
    }

    /** Stands for {@link MethodHandles.Lookup#defineHiddenClass}: classes made while the program runs count too. */
    public static MethodHandles.Lookup defineHiddenClass(MethodHandles.Lookup lookup, byte[] bytes, boolean initialize,
            MethodHandles.Lookup.ClassOption... options) throws IllegalAccessException {
        return lookup.defineHiddenClass(HitLoader.around(lookup.lookupClass()).map(loader -> loader.counting(bytes))
                .orElse(bytes), initialize, options);
    }
}
