package ghostrow.app.small;

import ghostrow.app.small.Batches.Pattern;
import ghostrow.comm.Comm;
import ghostrow.comm.ObjectMessages;
import ghostrow.data.chart.Lines;
import ghostrow.data.chart.Lines.Point;
import ghostrow.data.chart.Picture;
import java.io.IOException;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * What it costs to send objects rather than buffers of as many bytes. Serialization is measured without any message as
 * well, so that what else an object takes is known.
 */
final class ObjectCosts {
    private static final int TAG = 2;
    private static final int FEW = 1000;
    private static final double COMPILING = 1;
    private static final double SHARE = 0.25;
    private static final double MICROSECONDS = 1e6;
    private static final double HALF_A_TRIP = MICROSECONDS / 2;
    /** Whose causes are told. */
    private static final long TYPICAL = 8192;
    /** Of the difference: less than that cannot be told from none. */
    private static final double NOTHING = 0.05;

    private final List<Row> rows;

    ObjectCosts(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Messages of one size, in microseconds.
     *
     * @param serialized bytes that an array becomes
     * @param array      a double[] as an object
     * @param list       of as many objects, each a Double
     * @param write      turning the array into bytes, alone
     * @param read       turning bytes into the array, alone
     */
    record Row(long bytes, long serialized, Batches buffer, Batches array, Batches list, Batches write, Batches read) {
        double factor() {
            return array.quick() / buffer.quick();
        }

        double more() {
            return array.quick() - buffer.quick();
        }

        double serialization() {
            return write.quick() + read.quick();
        }

        double rest() {
            return more() - serialization();
        }

        String size() {
            return bytes < 1024 ? bytes + " B" : bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
        }
    }

    /** Collective; rank 0 prints each size as it is known, and what is to be said of them. */
    static ObjectCosts measure(Comm comm) {
        List<Row> rows = new ArrayList<>();
        if (comm.rank() == 0) {
            System.out.printf("%-8s%10s%10s%8s%10s%10s%10s%12s%n", "us", "buffer", "double[]", "factor", "write",
                    "read", "rest", "list");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(PingPong.LARGEST, 4096);
            MemorySegment in = arena.allocate(PingPong.LARGEST, 4096);
            compile(comm, out.asSlice(0, 8), in.asSlice(0, 8));
            for (int bytes : PingPong.BYTES) {
                Row row = row(comm, arena, out.asSlice(0, bytes), in.asSlice(0, bytes));
                rows.add(row);
                if (comm.rank() == 0) {
                    System.out.printf(Locale.ROOT, "%-8s%10.2f%10.2f%8.1f%10.2f%10.2f%10.2f%12.2f%n", row.size(),
                            row.buffer.quick(), row.array.quick(), row.factor(), row.write.quick(),
                            row.read.quick(), row.rest(), row.list.quick());
                }
            }
        }
        ObjectCosts costs = new ObjectCosts(rows);
        if (comm.rank() == 0) {
            System.out.println(costs.says());
        }
        return costs;
    }

    private static Row row(Comm comm, Arena arena, MemorySegment out, MemorySegment in) {
        double[] numbers = new Random(1).doubles(out.byteSize() / Double.BYTES).toArray();
        ArrayList<Double> list = new ArrayList<>(Arrays.stream(numbers).boxed().toList());
        MemorySegment written = ObjectMessages.write(numbers, arena);
        Runnable change = () -> numbers[0]++;
        List<Batches> batches = Batches.inTurn(comm, SHARE, List.of(
                new PingPong.PingPongs(comm, out, in),
                new ObjectPingPongs(comm, numbers, change),
                new ObjectPingPongs(comm, list, () -> list.set(0, list.get(0) + 1)),
                new OnFirst(comm, change, () -> write(numbers)),
                new OnFirst(comm, change, () -> ObjectMessages.read(written))));
        return new Row(out.byteSize(), written.byteSize(), batches.get(0).times(HALF_A_TRIP),
                batches.get(1).times(HALF_A_TRIP), batches.get(2).times(HALF_A_TRIP),
                batches.get(3).times(MICROSECONDS), batches.get(4).times(MICROSECONDS));
    }

    private static void write(Serializable object) {
        try (Arena arena = Arena.ofConfined()) {
            ObjectMessages.write(object, arena);
        }
    }

    /** The compilers have more to do for objects, and each rank has one core for both. */
    private static void compile(Comm comm, MemorySegment out, MemorySegment in) {
        PingPong.compile(comm, new PingPong.PingPongs(comm, out, in));
        double[] numbers = {1, 2};
        ArrayList<Double> list = new ArrayList<>(List.of(1.0, 2.0));
        for (Serializable object : List.of(numbers, list)) {
            ObjectPingPongs first = new ObjectPingPongs(comm, object, () -> { });
            first.timed(Batches.timesFor(comm, COMPILING, first.timed(FEW) / FEW));
        }
    }

    private record ObjectPingPongs(Comm comm, Serializable object, Runnable change) implements Pattern {
        @Override
        public double timed(long times) {
            long start = System.nanoTime();
            if (comm.rank() == 0) {
                for (long i = 0; i < times; i++) {
                    change.run();
                    comm.sendObject(object, 1, TAG);
                    comm.recvObject(1, TAG);
                }
            } else {
                for (long i = 0; i < times; i++) {
                    change.run();
                    comm.recvObject(0, TAG);
                    comm.sendObject(object, 0, TAG);
                }
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** What the first rank does alone, while the other waits for a message, as it does in a ping-pong. */
    private record OnFirst(Comm comm, Runnable change, Runnable work) implements Pattern {
        @Override
        public double timed(long times) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment done = arena.allocate(1);
                long start = System.nanoTime();
                if (comm.rank() == 0) {
                    for (long i = 0; i < times; i++) {
                        change.run();
                        work.run();
                    }
                    comm.send(done, 1, TAG);
                } else {
                    comm.recv(done, 0, TAG);
                }
                return (System.nanoTime() - start) / 1e9;
            }
        }
    }

    // --- what is made of it ----------------------------------------------------------------------------------

    private String says() {
        return """
                Half a round trip in us; a quarter of the batches took no longer. buffer: bytes
                outside of Java's heap, by send. double[]: the same bytes as an object, by
                sendObject. list: an ArrayList of them, each an object. write, read: Java
                serialization of the double[], without messages. rest: what is left of the more.
                """ + cause(rows.getFirst(),
                        rows.stream().filter(row -> row.bytes == TYPICAL).findFirst().orElseThrow());
    }

    /**
     * In lines that fit a terminal.
     *
     * @param shortest whose time as a buffer is that of the message that tells a length
     */
    static String cause(Row shortest, Row row) {
        String begin = "An array of " + row.size() + " takes ";
        String serialization = fill("%.1f us to write and %.1f us to read it", row.write.quick(), row.read.quick());
        if (row.more() <= 0) {
            return begin + "no longer as an object than as a buffer here, although\nJava serialization alone takes "
                    + serialization + ".";
        }
        begin += fill("%.1f us more as an object than as a buffer:\nJava serialization alone takes ", row.more())
                + serialization;
        double rest = row.rest();
        return rest < NOTHING * row.more() ? begin + "."
                : begin + fill(",\nand the other %.1f us are a second message, of its length (%.1f us),\n"
                        + "copies, and what goes slower between messages than in a loop of its own.", rest,
                        Math.min(rest, shortest.buffer.quick()));
    }

    private static String fill(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    List<Map<String, Object>> asRecord() {
        return rows.stream().map(ObjectCosts::asRecord).toList();
    }

    private static Map<String, Object> asRecord(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("bytes", row.bytes);
        values.put("serializedBytes", row.serialized);
        values.put("bufferMicroseconds", row.buffer.quick());
        values.put("objectMicroseconds", row.array.quick());
        values.put("factor", row.factor());
        values.put("writeMicroseconds", row.write.quick());
        values.put("readMicroseconds", row.read.quick());
        values.put("restMicroseconds", row.rest());
        values.put("listMicroseconds", row.list.quick());
        return values;
    }

    void draw(Path file) throws IOException {
        Lines lines = new Lines("objects", "Objects beside buffers", "size", "us, half a round trip")
                .bytesAcross().decadesUpwards()
                .measured("buffer", points(Row::buffer))
                .measured("double[]", points(Row::array))
                .measured("list", points(Row::list))
                .line("write and read a double[]", rows.stream().map(row -> (double) row.bytes).toList(),
                        rows.stream().map(Row::serialization).toList(), true);
        Picture picture = lines.picture();
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (file.toString().endsWith(".png")) {
            picture.writePng(file);
        } else {
            Files.writeString(file, picture.svg());
        }
    }

    private List<Point> points(Function<Row, Batches> which) {
        return rows.stream().map(row -> {
            Batches batches = which.apply(row);
            return new Point(row.bytes, batches.quick(), batches.quick(), batches.median());
        }).toList();
    }
}
