package ghostrow.data;

/**
 * Where things lie in a snapshot file, as the one rank that laid it out hands it to the others: plain
 * numbers, to be broadcast as {@link #WORDS} longs.
 *
 * <pre>
 * | headers, times, NSteps | checksums of rows | snapshot 0 | snapshot 1 | ...
 *     ^steps                 ^checksums          ^data        each rows x columns x elementBytes
 * </pre>
 *
 * @param data where the first cell of the first snapshot lies
 * @param checksums where the checksum of the first snapshot's first row lies
 * @param steps where the headers that count complete snapshots lie; 0 in a file of one field without time
 */
public record Layout(long data, long checksums, long steps, long snapshots, long rows, long columns,
                     long elementBytes) {
    public static final int WORDS = 7;

    public long[] words() {
        return new long[] {data, checksums, steps, snapshots, rows, columns, elementBytes};
    }

    public static Layout of(long[] words) {
        return new Layout(words[0], words[1], words[2], words[3], words[4], words[5], words[6]);
    }

    public long rowBytes() {
        return columns * elementBytes;
    }

    /** How long the file is once it is laid out; the space is only taken when snapshots are written. */
    public long end() {
        return data + snapshots * rows * rowBytes();
    }

    boolean isSeries() {
        return steps != 0;
    }
}
