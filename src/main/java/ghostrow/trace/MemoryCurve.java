package ghostrow.trace;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The memory of this process over time: of as many moments as fit, evenly spread, however long it takes. */
final class MemoryCurve {
    private static final int MOST = 2000;
    private static final long PAGE = 4096;

    private final List<Long> at = new ArrayList<>();
    private final List<Long> resident = new ArrayList<>();
    private final List<Long> heap = new ArrayList<>();
    private int every = 1;
    private int skipped;

    synchronized void look() {
        if (++skipped < every) {
            return;
        }
        skipped = 0;
        Runtime runtime = Runtime.getRuntime();
        at.add(System.nanoTime());
        resident.add(residentBytes());
        heap.add(runtime.totalMemory() - runtime.freeMemory());
        if (at.size() == MOST) {
            every *= 2;
            thin(at);
            thin(resident);
            thin(heap);
        }
    }

    private static void thin(List<Long> values) {
        for (int i = 0; i < MOST / 2; i++) {
            values.set(i, values.get(2 * i + 1));
        }
        values.subList(MOST / 2, MOST).clear();
    }

    synchronized List<Long> at() {
        return List.copyOf(at);
    }

    synchronized List<Long> resident() {
        return List.copyOf(resident);
    }

    synchronized List<Long> heap() {
        return List.copyOf(heap);
    }

    /** 0 where the system does not tell. */
    private static long residentBytes() {
        try (FileInputStream in = new FileInputStream("/proc/self/statm")) {
            String[] pages = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split(" ");
            return Long.parseLong(pages[1]) * PAGE;
        } catch (IOException e) {
            return 0;
        }
    }
}
