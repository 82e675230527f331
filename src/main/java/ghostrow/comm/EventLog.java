package ghostrow.comm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The latest of what a rank has done, call by call and phase by phase: a ring, in which the newest takes the place of the
 * oldest. One thread writes at a time; another may copy what is old enough not to be written any more.
 *
 * <p>Messages from one rank to another with the same tag arrive in the order in which they were sent. So each gets the
 * number that it has among these, at both ends, and whoever reads both logs can put the ends together.
 */
public final class EventLog {
    /** Numbers an event: began, ended, bytes, {@link #about}, {@link #number}. */
    public static final int WORDS = 5;

    /** Kinds from here on are phases, not calls. */
    public static final int PHASES = 128;

    /** Which end of a message an event is, besides a call. */
    public enum End {
        NONE,
        /** It was sent on its way. */
        SENT,
        /** A place for it was offered. */
        POSTED,
        /** It was waited for, and had come. */
        ARRIVED,
        /** Place offered and waited for in one call. */
        RECEIVED,
        /** Its sender may use the memory again. */
        LEFT;

        private static final End[] ALL = values();

        public boolean isSend() {
            return this == SENT;
        }

        public boolean isPost() {
            return this == POSTED || this == RECEIVED;
        }

        public boolean isArrival() {
            return this == ARRIVED || this == RECEIVED;
        }
    }

    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(EventLog.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] ring;
    private final long mask;
    private final Numbers numbers = new Numbers();
    private long[] sentMessages = new long[0];
    private long[] sentBytes = new long[0];
    private long head;

    /** @param capacity a power of two */
    public EventLog(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(capacity + " is no power of two");
        }
        ring = new long[capacity * WORDS];
        mask = capacity - 1;
    }

    /** A phase of the program that is over. */
    public void phase(int ordinal, long began, long ended) {
        add(began, ended, 0, about(PHASES + ordinal, End.NONE, 0, Comm.PROC_NULL), 0);
    }

    /** A call that is over: one event for each message, or one in all. */
    void call(CommCall call, long began, long ended, long bytes, End end, int peer, int tag, long number) {
        add(began, ended, bytes, about(call.ordinal(), end, tag, peer), number);
        if (end.isSend() && peer >= 0) {
            if (peer >= sentMessages.length) {
                sentMessages = Arrays.copyOf(sentMessages, peer + 1);
                sentBytes = Arrays.copyOf(sentBytes, peer + 1);
            }
            sentMessages[peer]++;
            sentBytes[peer] += bytes;
        }
    }

    /** How many have been sent to each rank, up to the last that got any. */
    public long[] sentMessages() {
        return sentMessages.clone();
    }

    public long[] sentBytes() {
        return sentBytes.clone();
    }

    private void add(long began, long ended, long bytes, long about, long number) {
        int at = (int) (head & mask) * WORDS;
        ring[at] = began;
        ring[at + 1] = ended;
        ring[at + 2] = bytes;
        ring[at + 3] = about;
        ring[at + 4] = number;
        HEAD.setRelease(this, head + 1);
    }

    /** The number of the next message on a way; ways of groups are ways of their own. */
    long next(int group, boolean out, int peer, int tag) {
        return (long) group << 48 | numbers.next((long) group << 49 | (out ? 1L : 0) << 48 | (long) (tag & 0xffff) << 32
                | peer & 0xffff_ffffL);
    }

    /** How many events there have been. */
    public long total() {
        return (long) HEAD.getAcquire(this);
    }

    /** How many of them it keeps. */
    public int capacity() {
        return (int) mask + 1;
    }

    /** The slots of events from one to before another, which must lie side by side in the ring. */
    public long[] copy(long from, long to) {
        int at = (int) (from & mask) * WORDS;
        return Arrays.copyOfRange(ring, at, at + (int) (to - from) * WORDS);
    }

    // --- what is packed into a word ------------------------------------------------------------------------

    private static long about(int kind, End end, int tag, int peer) {
        return (long) kind << 56 | (long) end.ordinal() << 48 | (long) (tag & 0xffff) << 32 | peer & 0xffff_ffffL;
    }

    public static int kind(long about) {
        return (int) (about >>> 56);
    }

    public static End end(long about) {
        return End.ALL[(int) (about >>> 48) & 0xff];
    }

    public static int tag(long about) {
        return (int) (about >>> 32) & 0xffff;
    }

    public static int peer(long about) {
        return (int) about;
    }

    /** Counts by key: open addressing, no objects, since messages of eight bytes take a fifth of a microsecond. */
    private static final class Numbers {
        private long[] keys = new long[64];
        private long[] counts = new long[64];
        private int used;

        long next(long key) {
            int at = find(keys, key);
            if (counts[at] == 0) {
                if (++used > keys.length / 2) {
                    grow();
                    at = find(keys, key);
                }
                keys[at] = key;
            }
            return counts[at]++ + 1;
        }

        private int find(long[] keys, long key) {
            int at = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & keys.length - 1;
            while (counts[at] != 0 && keys[at] != key) {
                at = at + 1 & keys.length - 1;
            }
            return at;
        }

        private void grow() {
            long[] oldKeys = keys;
            long[] oldCounts = counts;
            keys = new long[2 * oldKeys.length];
            counts = new long[keys.length];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldCounts[i] != 0) {
                    int at = find(keys, oldKeys[i]);
                    keys[at] = oldKeys[i];
                    counts[at] = oldCounts[i];
                }
            }
        }
    }
}
