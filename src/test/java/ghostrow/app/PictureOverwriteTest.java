package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.run.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureOverwriteTest {
    @Test
    void aPictureThatIsThereIsReplacedOnlyIfAsked(@TempDir Path folder) throws Exception {
        assertEquals(0, Program.run("mandelbrot", "60", "50", "--out", folder.toString()).code());
        Path picture = folder.resolve("mandelbrot.png");
        byte[] own = Files.readAllBytes(picture);
        String file = folder.resolve("mandelbrot.vtkhdf").toString();

        Program.Outcome refused = Program.run("picture", file);
        assertEquals(2, refused.code(), refused.toString());
        assertEquals("ghostrow: " + picture + ": exists already; --force replaces it\n", refused.err());
        assertArrayEquals(own, Files.readAllBytes(picture));

        Program.Outcome drawn = Program.run("picture", file, "--force");
        assertEquals(0, drawn.code(), drawn.toString());
        assertFalse(Arrays.equals(own, Files.readAllBytes(picture)));

        assertEquals(0, Program.run("picture", file, "--gif").code());
        Program.Outcome again = Program.run("picture", file, "--gif");
        assertEquals(2, again.code(), again.toString());
        assertTrue(again.err().contains("mandelbrot.gif: exists already"), again.err());
    }
}
