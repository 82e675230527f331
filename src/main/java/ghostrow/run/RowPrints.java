package ghostrow.run;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 digests of a rank's rows where these come in any order, from any of its threads. */
public final class RowPrints {
    private final Map<Long, byte[]> rows = new TreeMap<>();

    public void add(long first, int count, MemorySegment base, long rowBytes) {
        var sha = Digest.sha256();
        for (int row = 0; row < count; row++) {
            sha.update(base.asSlice(row * rowBytes, rowBytes).asByteBuffer());
            byte[] print = sha.digest();
            synchronized (rows) {
                rows.put(first + row, print);
            }
        }
    }

    /** By row number. */
    Map<Long, byte[]> rows() {
        return rows;
    }
}
