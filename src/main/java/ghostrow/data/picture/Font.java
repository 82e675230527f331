package ghostrow.data.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small letters made of dots, 5 wide and 7 high with 2 more below the line, as they are drawn in {@code
 * font.txt}: after a line {@code = ABC} come nine lines with these letters side by side.
 */
final class Font {
    static final int WIDTH = 5;
    static final int ADVANCE = WIDTH + 1;
    static final int ASCENT = 7;
    static final int HEIGHT = 9;

    private final Map<Character, boolean[][]> glyphs = new HashMap<>();

    private Font(List<String> lines) {
        for (int band = 0; band < lines.size(); band += 1 + HEIGHT) {
            String letters = lines.get(band).substring(2);
            for (int letter = 0; letter < letters.length(); letter++) {
                boolean[][] dots = new boolean[HEIGHT][WIDTH];
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < WIDTH; x++) {
                        dots[y][x] = lines.get(band + 1 + y).charAt(letter * ADVANCE + x) == '#';
                    }
                }
                glyphs.put(letters.charAt(letter), dots);
            }
        }
        glyphs.put(' ', new boolean[HEIGHT][WIDTH]);
    }

    static Font load() {
        try (InputStream in = Font.class.getResourceAsStream("font.txt")) {
            return new Font(new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("font.txt is missing in this build", e);
        }
    }

    /** The dots of a letter, by row and column; a question mark for letters that were never drawn. */
    boolean[][] dots(char letter) {
        return glyphs.getOrDefault(letter, glyphs.get('?'));
    }

    static int width(String text, int scale) {
        return Math.max(0, text.length() * ADVANCE - 1) * scale;
    }
}
