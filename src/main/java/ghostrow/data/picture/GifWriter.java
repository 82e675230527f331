package ghostrow.data.picture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Writes frames of one size one after the other into an animated GIF that repeats for ever. */
final class GifWriter implements AutoCloseable {
    private static final int CODE_BITS = 8;
    private static final int CLEAR = 1 << CODE_BITS;
    private static final int END = CLEAR + 1;
    private static final int MOST_CODES = 4096;

    private final OutputStream out;
    private final int width;
    private final int height;

    GifWriter(Path file, int width, int height) throws IOException {
        this.width = width;
        this.height = height;
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        ascii("GIF89a");
        littleEndian(width);
        littleEndian(height);
        out.write(new byte[] {0, 0, 0, 0x21, (byte) 0xFF, 11});
        ascii("NETSCAPE2.0");
        out.write(new byte[] {3, 1, 0, 0, 0});
    }

    /** Appends a frame of at most 256 colours, to be shown for so many hundredths of a second. */
    void frame(Canvas canvas, int delay) throws IOException {
        byte[] indices = new byte[canvas.pixels.length];
        byte[] colours = new byte[3 * 256];
        Map<Integer, Integer> known = new HashMap<>();
        int lastColour = -1;
        int lastIndex = 0;
        for (int i = 0; i < indices.length; i++) {
            int rgb = canvas.pixels[i];
            if (rgb != lastColour) {
                Integer index = known.get(rgb);
                if (index == null) {
                    index = known.size();
                    if (index == 256) {
                        throw new IllegalArgumentException("a frame of more than 256 colours");
                    }
                    known.put(rgb, index);
                    colours[3 * index] = (byte) (rgb >> 16);
                    colours[3 * index + 1] = (byte) (rgb >> 8);
                    colours[3 * index + 2] = (byte) rgb;
                }
                lastColour = rgb;
                lastIndex = index;
            }
            indices[i] = (byte) lastIndex;
        }
        out.write(new byte[] {0x21, (byte) 0xF9, 4, 4});
        littleEndian(delay);
        out.write(new byte[] {0, 0, 0x2C, 0, 0, 0, 0});
        littleEndian(width);
        littleEndian(height);
        out.write(0x87);
        out.write(colours);
        out.write(CODE_BITS);
        new Lzw().encode(indices);
        out.write(0);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write(0x3B);
        }
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void littleEndian(int value) throws IOException {
        out.write(value);
        out.write(value >> 8);
    }

    /** The compression: codes stand for the longest string seen before, and grow wider as more are known. */
    private final class Lzw {
        private final byte[] block = new byte[255];
        private int filled;
        private int bits;
        private int bitCount;
        /** The code of a known string and one more pixel, at code * 256 + pixel; 0 if there is none. */
        private final short[] longer = new short[MOST_CODES << 8];

        void encode(byte[] pixels) throws IOException {
            int width = CODE_BITS + 1;
            int next = END + 1;
            put(CLEAR, width);
            int code = pixels[0] & 0xFF;
            for (int i = 1; i < pixels.length; i++) {
                int pixel = pixels[i] & 0xFF;
                int known = longer[code << 8 | pixel];
                if (known != 0) {
                    code = known;
                    continue;
                }
                put(code, width);
                if (next < MOST_CODES) {
                    longer[code << 8 | pixel] = (short) next;
                    if (next == 1 << width) {
                        width++;
                    }
                    next++;
                } else {
                    put(CLEAR, width);
                    Arrays.fill(longer, (short) 0);
                    width = CODE_BITS + 1;
                    next = END + 1;
                }
                code = pixel;
            }
            put(code, width);
            // The reader has learnt one more string by now, and may have gone to the next width.
            put(END, next == 1 << width && width < 12 ? width + 1 : width);
            if (bitCount > 0) {
                put(0, 8 - bitCount);
            }
            flush();
        }

        private void put(int code, int width) throws IOException {
            bits |= code << bitCount;
            bitCount += width;
            while (bitCount >= 8) {
                block[filled++] = (byte) bits;
                bits >>>= 8;
                bitCount -= 8;
                if (filled == block.length) {
                    flush();
                }
            }
        }

        private void flush() throws IOException {
            if (filled > 0) {
                out.write(filled);
                out.write(block, 0, filled);
                filled = 0;
            }
        }
    }
}
