package ghostrow.app.array;

import ghostrow.comm.Comm;
import ghostrow.data.ArrayPath;
import ghostrow.grid.Team;
import ghostrow.kernel.MomentsTree;
import ghostrow.kernel.Summation;
import ghostrow.run.ByteCount;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * What the machine gives, for comparison: bytes per second that one plain reader gets of the file, by large reads one
 * after the other, and that all threads get of memory when they add up what is there already. 0 where too little was
 * there to be timed.
 *
 * <p>Both are measured before the run: behind it, the file would lie in the page cache. Only a small part of the file is
 * read, since the run finds that part there.
 *
 * @param fromDisk the part of the plain reader's bytes that came from the disk and not from the page cache, or from a
 *                 hole in the file, as the kernel says; NaN where it does not
 */
record Rates(double disk, double fromDisk, double memory) {
    private static final long SMALL = 1 << 24;
    private static final long LARGE_READ = 1 << 23;
    private static final long PAGE = 4096;
    private static final double READ_SECONDS = 0.5;
    /** Of the file, one part in so many. */
    private static final long PARTS = 16;
    /** In each thread; caches of less than that in all would answer for memory. */
    private static final long REGION = 1 << 26;
    private static final double MEMORY_SECONDS = 0.1;

    /**
     * Collective. What rank 0 returns is the answer.
     *
     * @param bytes those of the array: a small one is gone through sooner than anything is measured
     */
    static Rates measure(Comm comm, Team team, ArrayPath path, long bytes, Budget budget) throws IOException {
        if (bytes < SMALL) {
            return new Rates(0, Double.NaN, 0);
        }
        double memory = comm.allreduce(Comm.Op.SUM, memory(comm, team, budget));
        Rates rates = comm.rank() == 0 ? read(path.file(), budget, memory) : null;
        comm.barrier();
        return rates;
    }

    private static double memory(Comm comm, Team team, Budget budget) {
        long region = Math.min(REGION, budget.bytes() / team.threads());
        if (region * team.threads() < REGION) {
            return 0;
        }
        comm.barrier();
        DoubleAdder sum = new DoubleAdder();
        team.run(thread -> sum.add(memory(region)));
        return sum.sum();
    }

    private static double memory(long region) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(region, 64);
            Summation summation = new Summation(arena);
            MomentsTree tree = new MomentsTree();
            // Until the loop is compiled.
            summation.add(numbers, Summation.Form.DOUBLE, tree);
            long start = System.nanoTime();
            double seconds = 0;
            long bytes = 0;
            while (seconds < MEMORY_SECONDS) {
                summation.add(numbers, Summation.Form.DOUBLE, tree);
                bytes += region;
                seconds = (System.nanoTime() - start) / 1e9;
            }
            return bytes / seconds;
        }
    }

    private static Rates read(Path file, Budget budget, double memory) throws IOException {
        // Of numbers that were never written, or that could be packed, there may be next to nothing in the file.
        long size = Files.size(file);
        if (size < SMALL) {
            return new Rates(0, Double.NaN, memory);
        }
        long most = Math.max(SMALL, size / PARTS);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ); Arena arena = Arena.ofConfined()) {
            ByteBuffer buffer = arena.allocate(Math.min(LARGE_READ, budget.bytes()), PAGE).asByteBuffer();
            long fetched = fetched();
            long start = System.nanoTime();
            double seconds = 0;
            long bytes = 0;
            while (bytes < most && seconds < READ_SECONDS) {
                bytes += Math.max(0, channel.read(buffer.clear()));
                seconds = (System.nanoTime() - start) / 1e9;
            }
            long now = fetched();
            // The system reads ahead, and so more than it was asked for.
            return new Rates(bytes / seconds, now < 0 ? Double.NaN : Math.min(1, (double) (now - fetched) / bytes), memory);
        }
    }

    /** Bytes that the kernel has fetched from disks for this process so far; -1 where it does not say. */
    private static long fetched() {
        try {
            return Files.readAllLines(Path.of("/proc/self/io")).stream().filter(line -> line.startsWith("read_bytes:"))
                    .mapToLong(line -> Long.parseLong(line.substring("read_bytes:".length()).strip())).findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    boolean areKnown() {
        return disk > 0 || memory > 0;
    }

    /** For people. */
    String title() {
        String whence = Double.isNaN(fromDisk) ? "the file" : fromDisk > 0.9 ? "this disk"
                : fromDisk < 0.1 ? "the page cache" : "this disk, half cached,";
        String first = disk > 0 ? whence + " gives " + ByteCount.show(disk) + "/s to one plain reader" : "";
        String second = memory > 0 ? "memory " + (disk > 0 ? "" : "gives ") + ByteCount.show(memory) + "/s" : "";
        return first + (disk > 0 && memory > 0 ? ", " : "") + second;
    }
}
