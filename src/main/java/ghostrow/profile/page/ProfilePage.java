package ghostrow.profile.page;

import ghostrow.data.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code profile.html}. Style and program stand in the file itself, so that it can be mailed, and opened where
 * there is no network; it asks for nothing.
 */
public final class ProfilePage {
    /** In this order they are one program; start.js calls what the others define. */
    private static final List<String> SCRIPTS = List.of("base.js", "canvas.js", "summary.js", "lanes.js",
            "timeline-data.js", "timeline-paint.js", "timeline.js", "tree.js", "flame.js", "map.js", "functions.js",
            "lines.js", "memory.js", "messages.js", "start.js");

    private ProfilePage() {
    }

    /** @param data what the views show; a view whose figures are not there says so, in the words of {@code missing} */
    public static void write(Map<String, Object> data, Path file) throws IOException {
        String page = resource("page.html").replace("{style}", resource("page.css"));
        int at = page.indexOf("{data}");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(page, 0, at);
            json(data, out);
            String rest = page.substring(at + "{data}".length());
            int script = rest.indexOf("{script}");
            out.write(rest, 0, script);
            for (String name : SCRIPTS) {
                out.write(resource(name));
            }
            out.write(rest.substring(script + "{script}".length()));
        }
    }

    /** Part by part, since all of it can be large. */
    private static void json(Map<String, Object> data, Writer out) throws IOException {
        String separator = "{";
        for (Map.Entry<String, Object> entry : data.entrySet()) {
            out.write(separator);
            out.write(harmless(Json.write(entry.getKey())));
            out.write(':');
            out.write(harmless(Json.write(entry.getValue())));
            separator = ",\n";
        }
        out.write(data.isEmpty() ? "{}" : "}");
    }

    /** No name of a function can end the element that holds the data, or open a comment in it. */
    private static String harmless(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ProfilePage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
