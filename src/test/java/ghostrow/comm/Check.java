package ghostrow.comm;

import java.lang.foreign.Arena;

/**
 * One promise of {@link Comm}, and how a rank tries it. All ranks run the same checks in the same order.
 *
 * @param name what is promised, in a few words
 */
record Check(String name, Body body) {

    @FunctionalInterface
    interface Body {
        /** Throws when the promise is broken; {@code arena} ends with the check. */
        void run(Comm comm, Arena arena) throws Exception;
    }

    static void same(Object expected, Object found, String what) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + " is " + found + " instead of " + expected);
        }
    }

    static void same(long expected, long found, String what) {
        if (expected != found) {
            throw new AssertionError(what + " is " + found + " instead of " + expected);
        }
    }

    /** The rank {@code steps} further round the ring. */
    static int around(Comm comm, int steps) {
        return Math.floorMod(comm.rank() + steps, comm.size());
    }
}
