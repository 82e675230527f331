package ghostrow.data.picture;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes a PNG row by row from the top, so that a picture of any size takes next to no memory. */
public final class PngWriter implements AutoCloseable {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BYTES_PER_PIXEL = 3;
    private static final int CHUNK = 1 << 16;

    private final DataOutputStream out;
    private final Deflater deflater = new Deflater(4);
    private final byte[] chunk = new byte[CHUNK];
    private int filled;
    private final long height;
    private long rows;
    private byte[] before;
    private byte[] here;
    private final byte[] filtered;

    public PngWriter(Path file, int width, int height) throws IOException {
        this.height = height;
        this.before = new byte[Math.multiplyExact(width, BYTES_PER_PIXEL)];
        this.here = new byte[before.length];
        this.filtered = new byte[before.length + 1];
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), CHUNK));
        out.write(SIGNATURE);
        byte eightBits = 8;
        byte trueColour = 2;
        writeChunk("IHDR", new byte[] {(byte) (width >> 24), (byte) (width >> 16), (byte) (width >> 8),
                (byte) width,
            (byte) (height >> 24), (byte) (height >> 16), (byte) (height >> 8), (byte) height,
            eightBits, trueColour, 0, 0, 0}, 13);
    }

    /** Appends a row of pixels, 0xRRGGBB each, that begins somewhere in an array. */
    public void row(int[] rgb, int offset) throws IOException {
        for (int x = 0; x < here.length / BYTES_PER_PIXEL; x++) {
            here[3 * x] = (byte) (rgb[offset + x] >> 16);
            here[3 * x + 1] = (byte) (rgb[offset + x] >> 8);
            here[3 * x + 2] = (byte) rgb[offset + x];
        }
        filter();
        deflater.setInput(filtered);
        while (!deflater.needsInput()) {
            drain();
        }
        byte[] swap = before;
        before = here;
        here = swap;
        rows++;
    }

    /** Each byte as its difference from the one above or to the left, whichever leaves less to be said. */
    private void filter() {
        long up = 0;
        long sub = 0;
        for (int i = 0; i < here.length; i++) {
            up += Math.abs((byte) (here[i] - before[i]));
            sub += Math.abs((byte) (here[i] - (i < BYTES_PER_PIXEL ? 0 : here[i - BYTES_PER_PIXEL])));
        }
        boolean fromAbove = up <= sub;
        filtered[0] = (byte) (fromAbove ? 2 : 1);
        for (int i = 0; i < here.length; i++) {
            int reference = fromAbove ? before[i] : i < BYTES_PER_PIXEL ? 0 : here[i - BYTES_PER_PIXEL];
            filtered[i + 1] = (byte) (here[i] - reference);
        }
    }

    private void drain() throws IOException {
        filled += deflater.deflate(chunk, filled, CHUNK - filled);
        if (filled == CHUNK) {
            writeChunk("IDAT", chunk, filled);
            filled = 0;
        }
    }

    private void writeChunk(String type, byte[] bytes, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(bytes, 0, length);
        out.writeInt(length);
        out.write(name);
        out.write(bytes, 0, length);
        out.writeInt((int) crc.getValue());
    }

    /** Ends the picture; it is only whole if all its rows were appended. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (rows == height) {
                deflater.finish();
                while (!deflater.finished()) {
                    drain();
                }
                writeChunk("IDAT", chunk, filled);
                writeChunk("IEND", new byte[0], 0);
            }
        } finally {
            deflater.end();
        }
    }

    static void write(Path file, Canvas canvas) throws IOException {
        try (PngWriter png = new PngWriter(file, canvas.width, canvas.height)) {
            for (int y = 0; y < canvas.height; y++) {
                png.row(canvas.pixels, y * canvas.width);
            }
        }
    }
}
