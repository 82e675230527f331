package ghostrow.profile;

/** Numbers by number, by the million: open addressing, no objects. */
final class LongMap {
    private long[] keys = new long[1 << 10];
    private long[] values = new long[1 << 10];
    private boolean[] used = new boolean[1 << 10];
    private int size;

    void put(long key, long value) {
        if (2 * size >= keys.length) {
            grow();
        }
        int at = find(key);
        size += used[at] ? 0 : 1;
        used[at] = true;
        keys[at] = key;
        values[at] = value;
    }

    long get(long key, long otherwise) {
        int at = find(key);
        return used[at] ? values[at] : otherwise;
    }

    private int find(long key) {
        int at = (int) (key * 0x9E3779B97F4A7C15L >>> 33) & keys.length - 1;
        while (used[at] && keys[at] != key) {
            at = at + 1 & keys.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        boolean[] oldUsed = used;
        keys = new long[2 * oldKeys.length];
        values = new long[keys.length];
        used = new boolean[keys.length];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldUsed[i]) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }
}
